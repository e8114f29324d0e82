import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ok } from '@dulian/service-host/testing'
import { startRectification } from './rectification-host.ts'

const api = '/api/rectification'

test('[X6] evidence is the school’s alone until it reports, then it is seen by whoever sees the problem, and by no sister zone', async (t) => {
  const host = await startRectification(t)
  const problemId = await host.finding()
  const version = await host.demand(problemId, '2026-12-01')
  const file = await host.evidence()
  const people = [
    host.principal,
    host.head,
    host.supervisor,
    host.zoneHead,
    host.otherPrincipal,
    host.otherSupervisor,
    host.otherZoneHead,
    host.liaison,
    host.foreignHead,
  ]
  const seen = async () =>
    await Promise.all(people.map(async (person) => (await person.get(`${api}/files/${file.hash}`)).status))
  assert.deepEqual(await seen(), [200, 200, 404, 404, 404, 404, 404, 404, 404])
  const report = { text: '已清理并张贴警示', evidence: [file] }
  ok(await host.principal.post(`${api}/problems/${problemId}/report`, report, { ifMatch: version }))
  await host.settle()
  assert.deepEqual(await seen(), [200, 200, 200, 200, 404, 404, 404, 404, 404])
})
