import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { parse } from 'yaml'
import { z } from 'zod'
import { servicesOf } from './bundle-service.ts'

const root = join(import.meta.dirname, '..', '..')

const Compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      profiles: z.array(z.string()).min(1),
      image: z.string(),
      build: z
        .object({
          context: z.literal('.'),
          dockerfile: z.string(),
          target: z.string(),
          args: z.record(z.string(), z.string()).default({}),
        })
        .optional(),
      environment: z.record(z.string(), z.string()).default({}),
      ports: z.array(z.string()).default([]),
      volumes: z.array(z.string()).default([]),
      networks: z.array(z.string()).default(['default']),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
      healthcheck: z.object({ test: z.array(z.string()).min(2) }).optional(),
      read_only: z.boolean().default(false),
      cap_drop: z.array(z.string()).default([]),
      security_opt: z.array(z.string()).default([]),
      stop_grace_period: z.string().optional(),
      deploy: z.object({ resources: z.object({ limits: z.object({ cpus: z.string(), memory: z.string() }) }) }),
    }),
  ),
  networks: z.record(z.string(), z.object({ internal: z.boolean().default(false) }).nullable()),
  volumes: z.record(z.string(), z.unknown()),
})
type Compose = z.infer<typeof Compose>

const text = await readFile(join(root, 'docker-compose.yml'), 'utf8')
const { services, networks, volumes } = Compose.parse(parse(text, { merge: true }))

function inProfile(profile: string): readonly [string, Compose['services'][string]][] {
  return Object.entries(services).filter(([, { profiles }]) => profiles.includes(profile))
}

const alone = servicesOf(root).filter((name) => name !== 'standalone')
const servers = ['kafka', 'kurrentdb', 'mongodb']
const watchers = ['otel-collector', 'prometheus', 'grafana']

describe('the two ways to run it', () => {
  test('the profile “core” is the whole instance in one container', () => {
    assert.deepEqual(
      inProfile('core').map(([name]) => name),
      ['core'],
    )
  })

  test('the profile “full” is every service as its own container, the three servers, and what watches them', () => {
    assert.deepEqual(
      inProfile('full')
        .map(([name]) => name)
        .toSorted(),
      [...alone, ...servers, ...watchers].toSorted(),
    )
  })

  test('a service waits until its servers are well, the portal until the services are', () => {
    for (const name of alone) {
      const awaited = name === 'portal' ? alone.filter((each) => each !== 'portal') : servers
      const found = services[name]?.depends_on ?? {}
      assert.deepEqual(Object.keys(found).toSorted(), awaited.toSorted(), name)
      for (const [each, { condition }] of Object.entries(found)) {
        assert.equal(condition, 'service_healthy', `${name} → ${each}`)
        // The product's own images bring their check along.
        const checked = services[each]?.healthcheck ?? services[each]?.build
        assert.ok(checked !== undefined, `nothing says when ${each} is well`)
      }
    }
  })

  test('the portal knows each service where it is', () => {
    const addresses = services.portal?.environment.DULIAN_SERVICES?.split(',').map((entry) => entry.trim())
    assert.deepEqual(
      addresses?.toSorted(),
      alone
        .filter((name) => name !== 'portal')
        .map((name) => `${name}=http://${name}:7100`)
        .toSorted(),
    )
  })
})

describe('who reaches what', () => {
  test('the demo is off and every port stays on this machine unless somebody says otherwise', () => {
    for (const name of ['core', 'portal']) {
      assert.equal(services[name]?.environment.DULIAN_DEMO, '$' + '{DULIAN_DEMO:-0}')
      assert.equal(services[name]?.environment.DULIAN_DEMO_ANYWHERE, '$' + '{DULIAN_DEMO_ANYWHERE:-0}')
    }
    for (const { ports } of Object.values(services)) for (const port of ports) assert.match(port, /^127\.0\.0\.1:/)
  })

  test('the servers, which ask for no password, stand where only the services are', () => {
    assert.equal(networks.servers?.internal, true)
    const inside = Object.entries(services).filter(([, found]) => found.networks.includes('servers'))
    assert.deepEqual(
      inside.map(([name]) => name).toSorted(),
      [...servers, ...alone.filter((name) => name !== 'portal')].toSorted(),
    )
    for (const name of servers) {
      assert.deepEqual(services[name]?.networks, ['servers'])
      assert.deepEqual(services[name]?.ports, [])
    }
  })

  test('no password stands in the file, nor is one made up', () => {
    for (const [name, { environment }] of Object.entries(services))
      for (const [setting, value] of Object.entries(environment)) {
        // What is secret is passed on from whoever starts it, and empty without them.
        if (/PASSWORD|SECRET|TOKEN|CREDENTIAL/.test(setting))
          assert.equal(value, ['$', '{', setting, ':-}'].join(''), name)
        assert.doesNotMatch(value, /:\/\/[^/]*@/, `${name}: ${setting}`)
      }
    // A missing variable would end `core` too: the file is read whole, whatever the profile.
    assert.ok(!/\$\{\w+:?\?/.test(text))
  })
})

describe('what a container may do', () => {
  test('nothing gains privileges, and everything of ours has a root it cannot write', () => {
    for (const [name, found] of Object.entries(services)) {
      assert.deepEqual(found.security_opt, ['no-new-privileges:true'], name)
      assert.deepEqual(found.cap_drop, ['ALL'], name)
      if (!servers.includes(name)) assert.ok(found.read_only, `${name} can write its root`)
    }
  })

  test('everything has its limits, and what keeps data has time to end in order', () => {
    for (const name of [...alone, ...servers, 'core'])
      assert.match(services[name]?.stop_grace_period ?? '', /^\d+s$/, name)
  })

  test('every image has a version', () => {
    for (const [name, { image, build }] of Object.entries(services)) {
      assert.match(image, /:v?\d+\.\d+(\.\d+)?$/, name)
      if (build === undefined) assert.doesNotMatch(image, /^dulian\//, `${name} is ours and is not built`)
    }
  })
})

describe('what the file names exists', () => {
  test('volumes are declared and used, mounted files and folders are in the repository and read-only', () => {
    const used = new Set<string>()
    for (const [name, found] of Object.entries(services)) {
      for (const volume of found.volumes) {
        const [source = '', , mode] = volume.split(':')
        if (source.startsWith('./')) {
          assert.ok(existsSync(join(root, source)), `${name}: ${source}`)
          assert.equal(mode, 'ro', `${name}: ${source}`)
        } else {
          assert.ok(source in volumes, `${name}: ${source}`)
          used.add(source)
        }
      }
    }
    assert.deepEqual([...used].toSorted(), Object.keys(volumes).toSorted())
  })

  test('every setting passed on is one that the process knows', async () => {
    const knownBy = async (file: string): Promise<string> => await readFile(join(root, file), 'utf8')
    const config = {
      // Both have the door, and its settings of signing in stand in one place.
      core: (await knownBy('services/standalone/src/config.ts')) + (await knownBy('services/portal/src/config.ts')),
      portal: await knownBy('services/portal/src/config.ts'),
      alone: await knownBy('packages/service-host/src/serve-alone.ts'),
    }
    for (const name of [...alone, 'core']) {
      const known = name === 'core' || name === 'portal' ? config[name] : config.alone
      const given = Object.keys(services[name]?.environment ?? {})
      assert.ok(given.length > 0)
      for (const setting of given) assert.match(known, new RegExp(`\\b${setting}\\b`), `${name}: ${setting}`)
    }
  })
})

describe('the one Dockerfile', async () => {
  const file = 'infra/images/Dockerfile'
  const dockerfile = (await readFile(join(root, file), 'utf8')).replaceAll('\\\n', ' ')
  const lines = dockerfile.split('\n').map((line) => line.trim())
  const stages = lines.flatMap((line) => /^FROM .+ AS (\S+)$/.exec(line)?.[1] ?? [])

  test('builds every image: each target is a stage, each SERVICE a service', () => {
    for (const [name, { build }] of Object.entries(services)) {
      if (build === undefined) continue
      assert.equal(build.dockerfile, file)
      assert.ok(stages.includes(build.target), `${name}: ${build.target}`)
      const { SERVICE: service } = build.args
      assert.equal(service, build.target === 'service' ? name : undefined)
      if (service !== undefined) assert.ok(alone.includes(service), service)
    }
  })

  test('starts a bundle without a shell, as nobody special, and says how it is and how to end it', () => {
    const command = z.array(z.string()).parse(JSON.parse(lines.find((line) => line.startsWith('CMD '))?.slice(4) ?? ''))
    assert.deepEqual(command, ['node', 'main.js'])
    assert.ok(lines.includes('USER 1000:1000'))
    assert.ok(lines.includes('STOPSIGNAL SIGTERM'))
    assert.ok(lines.includes('VOLUME /data'))
    assert.match(dockerfile, /HEALTHCHECK .+\n?.*\/health\/ready/)
    for (const stage of ['service', 'portal', 'core'])
      assert.match(dockerfile, new RegExp(`FROM runtime AS ${stage}\\b`))
  })

  test('uses the Node and the pnpm that the workspace names', async () => {
    const workspace = await readFile(join(root, 'pnpm-workspace.yaml'), 'utf8')
    const node = /^nodeVersion: (\S+)$/m.exec(workspace)?.[1]
    const bases = lines.flatMap((line) => /^FROM (?:--platform=\S+ )?(node:\S+)/.exec(line)?.[1] ?? [])
    assert.deepEqual(new Set(bases), new Set([`node:${node}-bookworm-slim`]))
    const { packageManager } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<string, string>
    assert.ok(lines.includes(`RUN npm install --global ${packageManager}`))
  })

  test('sends what it copies, and neither secrets nor what it makes itself, to the builder', async () => {
    const ignored = (await readFile(join(root, '.dockerignore'), 'utf8')).split('\n')
    for (const unwanted of ['.git', '.data', '**/node_modules', '**/dist', '**/.env*'])
      assert.ok(ignored.includes(unwanted), unwanted)
    for (const wanted of ['contracts', 'packages', 'services', 'tools', 'LICENSE', 'NOTICE']) {
      assert.ok(!ignored.includes(wanted), wanted)
      assert.ok(existsSync(join(root, wanted)), wanted)
    }
  })
})
