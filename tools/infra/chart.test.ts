import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { servicesOf } from '../images/bundle-service.ts'
import { chart } from './helm.ts'

const root = join(import.meta.dirname, '..', '..')
const schema = JSON.parse(await readFile(join(chart, 'values.schema.json'), 'utf8')) as object
const values = parse(await readFile(join(chart, 'values.yaml'), 'utf8')) as Record<string, Record<string, unknown>>
const accepts = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).compile(schema)

/** The chart's own values with one of them replaced, named by its path. */
function withValue(path: string, value: unknown): unknown {
  const changed = structuredClone(values)
  const steps = path.split('.')
  const last = steps.pop() ?? ''
  let at: Record<string, unknown> = changed
  for (const step of steps) at = at[step] as Record<string, unknown>
  at[last] = value
  return changed
}

describe('the values of the chart', () => {
  test('conform to their schema', () => {
    assert.ok(accepts(values), JSON.stringify(accepts.errors))
  })

  const refused: Record<string, [path: string, value: unknown]> = {
    'a password in the address of the events': ['engines.events.address', 'esdb://admin:changeit@kurrentdb:2113'],
    'a password in the address of the bus': ['engines.bus.address', 'kafka://user:word@kafka:9092'],
    'a password in the address of the views': ['engines.views.address', 'mongodb://user:word@mongodb:27017'],
    'an engine of another kind': ['engines.views.address', 'postgres://views'],
    'a setting nobody knows': ['engines.cache', { address: '' }],
    'a misspelt setting of a service': ['services.office', { replica: 3 }],
    'no pod at all': ['services.office', { replicas: 0 }],
    'a service called like the portal': ['services.portal', {}],
    'the tag latest': ['image.tag', 'latest'],
    'a built-in server without a version': ['builtIn.kafka.image', 'apache/kafka'],
    'less time to end than a process needs': ['shutdown.graceSeconds', 5],
    'an issuer without its keys': ['oidc.issuer', 'https://id.example.org'],
    'signing in without a client and without the key that the portals share': [
      'signIn.issuer',
      'https://id.example.org',
    ],
  }
  for (const [what, [path, value]] of Object.entries(refused))
    test(`refuse ${what}`, () => {
      assert.equal(accepts(withValue(path, value)), false)
    })

  test('hold no secret and name the services that there are', async () => {
    const text = await readFile(join(chart, 'values.yaml'), 'utf8')
    assert.doesNotMatch(text, /^\s*(password|token|secret):\s*[^\s{]/m)
    const expected = servicesOf(root).filter((name) => name !== 'standalone' && name !== 'portal')
    assert.deepEqual(Object.keys(values.services ?? {}).toSorted(), expected.toSorted())
  })
})

describe('what the chart and the compose file both use', () => {
  const settings = async (file: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await readFile(file, 'utf8'))
        .split('\n')
        .filter((line) => /^[\w.]+=/.test(line))
        .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
    )

  test('is the same broker, but for its name', async () => {
    const own = await settings(join(chart, 'files', 'server.properties'))
    const name = '{{ include "dulian.fullname" . }}-kafka'
    const renamed = Object.fromEntries(
      Object.entries(own).map(([key, value]) => [key, value.replaceAll(name, 'kafka')]),
    )
    assert.deepEqual(renamed, await settings(join(root, 'infra/kafka/server.properties')))
  })

  test('is the same KurrentDB', async () => {
    const own = parse(await readFile(join(chart, 'files', 'kurrentdb.yaml'), 'utf8')) as object
    assert.deepEqual(own, await settings(join(root, 'infra/kurrentdb/kurrentdb.env')))
  })

  test('is the same MongoDB, made a replica set by the same words', async () => {
    const read = async (file: string): Promise<unknown> => parse(await readFile(file, 'utf8'))
    assert.deepEqual(
      await read(join(chart, 'files', 'mongod.yaml')),
      await read(join(root, 'infra/mongodb/mongod.yaml')),
    )
    assert.equal(
      await readFile(join(chart, 'files', 'ready.js'), 'utf8'),
      await readFile(join(root, 'infra/mongodb/ready.js'), 'utf8'),
    )
  })

  test('are the same images of the servers, and the product’s own version', async () => {
    const compose = parse(await readFile(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
      services: Record<string, { image: string }>
    }
    for (const [server, { image }] of Object.entries(values.builtIn as Record<string, { image: string }>))
      assert.equal(image, compose.services[server]?.image)
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
    const { appVersion } = parse(await readFile(join(chart, 'Chart.yaml'), 'utf8')) as { appVersion: string }
    assert.equal(appVersion, version)
    assert.equal(compose.services.office?.image, `dulian/office:${version}`)
  })

  test('comes with every file that the templates read', async () => {
    const present = await readdir(join(chart, 'files'))
    for (const file of await readdir(join(chart, 'templates'))) {
      if (!/\.(ya?ml|tpl)$/.test(file)) continue
      const template = await readFile(join(chart, 'templates', file), 'utf8')
      for (const [, name = ''] of template.matchAll(/\.Files\.Get "files\/([^"]+)"/g))
        assert.ok(present.includes(name), `${file} reads ${name}`)
    }
  })
})
