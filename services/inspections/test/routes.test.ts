import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askAsStranger, askWithoutRole, ok, tryOddInput } from '@dulian/service-host/testing'
import { answersFor, bothSigned, schoolA, startInspections, supervisorA } from './inspections-host.ts'

const service = 'inspections'

async function withVisit(t: Parameters<typeof startInspections>[0]) {
  const host = await startInspections(t)
  const answers = await answersFor(host.supervisor, { A05: { note: '通道被堵' } })
  const quick = { schoolId: schoolA, visitedOn: '2026-11-03', answers, signatures: bothSigned }
  const made = ok(await host.supervisor.post('/api/inspections/visits/quick', quick), 201)
  await host.settle()
  return { host, id: made.body.id as string }
}

test('odd input on any route is refused as a problem, never an accident', async (t) => {
  const { host, id } = await withVisit(t)
  const identity = { subject: 'all', roles: ['office-head', 'school-supervisor'], supervisor: supervisorA }
  const tried = await tryOddInput({ host, service, identity, parametersOf: () => ({ id }) })
  assert.ok(tried > 500, String(tried))
})

test('no answer to another office tells a visit that exists from one that does not', async (t) => {
  const { host, id } = await withVisit(t)
  assert.ok((await askAsStranger({ host, service, stranger: host.foreignHead, ids: [id] })) > 0)
})

test('every route asks for a permission', async (t) => {
  await askWithoutRole({ host: await startInspections(t), service })
})
