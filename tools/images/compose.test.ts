import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { z } from 'zod'

const root = join(import.meta.dirname, '..', '..')

const Compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      profiles: z.array(z.string()).min(1),
      build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
      environment: z.record(z.string(), z.string()).default({}),
      ports: z.array(z.string()).default([]),
      volumes: z.array(z.string()).default([]),
    }),
  ),
  volumes: z.record(z.string(), z.unknown()),
})

async function readCompose(): Promise<z.infer<typeof Compose>> {
  return Compose.parse(parse(await readFile(join(root, 'docker-compose.yml'), 'utf8')))
}

test('the compose file starts only what exists: every image has its Dockerfile, every volume is declared', async () => {
  const compose = await readCompose()
  for (const [name, { build, volumes }] of Object.entries(compose.services)) {
    if (build) assert.ok(existsSync(join(root, build.context, build.dockerfile)), `${name}: ${build.dockerfile}`)
    for (const volume of volumes) assert.ok((volume.split(':')[0] ?? '') in compose.volumes, `${name}: ${volume}`)
  }
})

test('the profile “core” is the whole instance in one container', async () => {
  const { services } = await readCompose()
  const core = Object.entries(services).filter(([, { profiles }]) => profiles.includes('core'))
  assert.deepEqual(
    core.map(([name]) => name),
    ['core'],
  )
})

test('the demo is off and the port stays on this machine unless somebody says otherwise', async () => {
  const core = (await readCompose()).services.core
  assert.equal(core?.environment.DULIAN_DEMO, '$' + '{DULIAN_DEMO:-0}')
  assert.equal(core?.environment.DULIAN_DEMO_ANYWHERE, '$' + '{DULIAN_DEMO_ANYWHERE:-0}')
  for (const port of core?.ports ?? []) assert.match(port, /^127\.0\.0\.1:/)
})

test('every setting the compose file passes on is one the instance knows', async () => {
  const config = await readFile(join(root, 'services/standalone/src/config.ts'), 'utf8')
  const core = (await readCompose()).services.core
  for (const name of Object.keys(core?.environment ?? {})) assert.match(config, new RegExp(`\\b${name}\\b`), name)
})

test('each image starts the file that exists and runs as nobody special', async () => {
  const { services } = await readCompose()
  for (const { build } of Object.values(services)) {
    if (!build) continue
    const lines = (await readFile(join(root, build.dockerfile), 'utf8')).split('\n')
    const command = lines.find((line) => line.startsWith('CMD '))
    const [program, main] = z.array(z.string()).parse(JSON.parse(command?.slice(4) ?? '[]'))
    assert.equal(program, 'node')
    assert.ok(main !== undefined && existsSync(join(root, main)), `${build.dockerfile} starts ${main}`)
    assert.ok(lines.includes('USER node'))
  }
})
