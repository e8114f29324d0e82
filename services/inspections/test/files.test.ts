import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ok } from '@dulian/service-host/testing'
import { answersFor, bothSigned, schoolA, schoolB, startInspections, zoneB } from './inspections-host.ts'

const api = '/api/inspections'

test('[I9] a photograph is its supervisor’s alone until a visit names it, then it is seen by whoever sees that visit', async (t) => {
  const host = await startInspections(t)
  const photo = await host.photo('一楼消防通道被占用')
  const statusFor = async (person: { get(path: string): Promise<{ status: number }> }) =>
    (await person.get(`${api}/files/${photo.hash}`)).status
  const people = [
    host.supervisor,
    host.head,
    host.zoneHead,
    host.principal,
    host.otherZoneHead,
    host.otherSupervisor,
    host.as({ subject: 'principal-b', roles: ['school-principal'], school: schoolB }),
    host.as({ subject: 'zone-b-2', roles: ['zone-head'], zone: zoneB }),
    host.foreignHead,
  ]
  const seen = async () => await Promise.all(people.map(statusFor))
  assert.deepEqual(await seen(), [200, 200, 404, 404, 404, 404, 404, 404, 404])

  const body = {
    schoolId: schoolA,
    visitedOn: '2026-11-03',
    answers: await answersFor(host.supervisor, { C02: { note: '通道堆放杂物', evidence: [photo] } }),
    signatures: bothSigned,
  }
  ok(await host.supervisor.post(`${api}/visits/quick`, body), 201)
  await host.settle()
  assert.deepEqual(await seen(), [200, 200, 200, 200, 404, 404, 404, 404, 404])

  const refused = await host.otherZoneHead.get(`${api}/files/${photo.hash}`)
  const absent = await host.otherZoneHead.get(`${api}/files/${'0'.repeat(64)}`)
  assert.deepEqual({ ...refused.body, traceId: '' }, { ...absent.body, traceId: '' })
})

test('[I9] the same photograph handed in by somebody of another zone opens nothing of the first visit, and is theirs', async (t) => {
  const host = await startInspections(t)
  const photo = await host.photo('同一张照片')
  assert.equal((await host.otherSupervisor.get(`${api}/files/${photo.hash}`)).status, 404)
  const again = await host.otherSupervisor.upload(`${api}/files`, { name: '现场记录.txt', content: '同一张照片' })
  assert.equal(ok(again, 201).body.hash, photo.hash)
  assert.equal((await host.as({ subject: 'sup-b', roles: ['school-supervisor'] }).get(`${api}/files/x`)).status, 403)
  assert.equal((await host.otherZoneHead.get(`${api}/files/${photo.hash}`)).status, 404)
})
