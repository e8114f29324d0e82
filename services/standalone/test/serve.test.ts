import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig } from '../src/config.ts'
import { planProcesses, portsFrom } from '../src/supervise/process-plans.ts'
import { dulian } from './dulian.ts'

const KAFKA = 'kafka://127.0.0.1:9'

test('what cannot be served as processes of their own is refused in words, before anything is started', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-serve-'))
  try {
    const refusals: readonly (readonly [string[], Record<string, string>, RegExp])[] = [
      [['serve'], {}, /DULIAN_BUS=kafka/],
      [['serve', '--instances', '0'], { DULIAN_BUS: KAFKA }, /1 到 8 的整数，收到“0”/],
      [['serve', '--instances', 'many'], { DULIAN_BUS: KAFKA }, /1 到 8 的整数，收到“many”/],
      [['serve', '--instances', '2'], { DULIAN_BUS: KAFKA }, /DULIAN_EVENTS=esdb.*DULIAN_VIEWS=mongodb/],
      [['serve', '--instances', '2'], { DULIAN_BUS: KAFKA, DULIAN_EVENTS: 'esdb://127.0.0.1:9' }, /DULIAN_VIEWS/],
      [['processes'], {}, /没有用 dulian serve 启动的进程/],
    ]
    const ran = await Promise.all(refusals.map(([args, settings]) => dulian(folder, args, settings)))
    for (const [index, [args, , words]] of refusals.entries()) {
      assert.equal(ran[index]?.code, 1, args.join(' '))
      assert.match(ran[index]?.stderr ?? '', words)
      assert.equal(ran[index]?.stdout, '', args.join(' '))
    }
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('every process has a port of its own, the door knows all of them, and the demo’s tokens are believed behind it', () => {
  const config = readConfig({ DULIAN_DATA: '/data', DULIAN_PORT: '7100', DULIAN_DEMO: '1', DULIAN_BUS: KAFKA }, '/')
  const environment = { DULIAN_BUS: KAFKA }
  const { services, portal } = planProcesses({ config, instances: 2, environment, ports: portsFrom(7100, 2) })
  const addresses = [portal, ...services].map(({ address }) => address)
  assert.equal(new Set(addresses).size, 9)
  assert.equal(portal.address, 'http://127.0.0.1:7100')
  assert.equal(portal.env.DULIAN_SERVICES?.split(',').filter((entry) => entry.startsWith('inspections=')).length, 2)
  for (const { name, address, env } of services) {
    assert.match(name, /-[12]$/)
    assert.equal(env.DULIAN_PORT, new URL(address).port)
    assert.equal(env.DULIAN_BUS, KAFKA)
    assert.equal(env.DULIAN_OIDC_JWKS, 'http://127.0.0.1:7100/auth/jwks.json')
    assert.equal(env.DULIAN_DRAIN_SECONDS, '2')
    assert.ok(portal.env.DULIAN_SERVICES?.includes(address))
  }
  const alone = planProcesses({ config, instances: 1, environment, ports: portsFrom(7100, 1) })
  assert.deepEqual(
    alone.services.map(({ name }) => name),
    ['supervisor-registry', 'office', 'inspections', 'rectification'],
  )
})
