import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ok, refusedWith, upTo } from '@dulian/service-host/testing'
import { api, foreignSchool, schoolA, schoolB, startRectification } from './rectification-host.ts'

type Host = Awaited<ReturnType<typeof startRectification>>

const national = {
  kind: 'quality-monitoring',
  title: '国家义务教育质量监测',
  level: 'national',
  year: 2024,
  documentNumber: '国教督监〔2025〕6号',
}
const row = (schoolId: string, title: string, clause?: string) => ({
  schoolId,
  title,
  description: '监测反馈',
  severity: 'serious',
  ...(clause === undefined ? {} : { clause }),
})
const titles = async (host: Host, query: string): Promise<string[]> =>
  ok(await host.head.get(`${api}/problems?${query}`))
    .body.items.map((one: { title: string }) => one.title)
    .sort()

test('[X8] a feedback document with all its problems is registered at once, and the list by its year and name returns only those', async (t) => {
  const host = await startRectification(t)
  await host.finding()
  const file = await host.evidence('反馈文件')
  const feedback = {
    source: national,
    receivedOn: '2026-11-01',
    files: [file],
    problems: [row(schoolA, '实验开出率不足'), row(schoolB, '体育活动时间不足')],
  }
  const made = ok(await host.staff.post(`${api}/feedbacks`, feedback, { key: 'f1' }), 201)
  assert.deepEqual([made.body.opened, made.body.reopened], [2, 0])
  const repeated = ok(await host.staff.post(`${api}/feedbacks`, feedback, { key: 'f1' }), 201)
  assert.equal(repeated.body.id, made.body.id)
  for (const year of [2022, 2024]) {
    const other = {
      source: { ...national, year, title: '市级质量监测', level: 'city' },
      problems: [row(schoolA, `市级${year}`)],
    }
    ok(await host.staff.post(`${api}/feedbacks`, other), 201)
  }
  ok(
    await host.staff.post(`${api}/feedbacks`, {
      source: { ...national, year: 2022 },
      problems: [row(schoolA, '上一轮监测的问题')],
    }),
    201,
  )
  await host.settle()
  const expected = ['体育活动时间不足', '实验开出率不足']
  assert.deepEqual(await titles(host, `sourceTitle=${encodeURIComponent('2024 国家义务教育质量监测')}`), expected)
  assert.deepEqual(await titles(host, `sourceTitle=${encodeURIComponent('2024年国家义务教育质量监测')}`), expected)
  assert.equal((await titles(host, `sourceTitle=${encodeURIComponent('国家义务教育质量监测')}`)).length, 3)
  assert.deepEqual(await titles(host, `feedbackId=${made.body.id}`), expected)
  assert.equal((await titles(host, 'level=city')).length, 2)
  const [first] = ok(await host.head.get(`${api}/problems?feedbackId=${made.body.id}&q=${encodeURIComponent('实验')}`))
    .body.items
  assert.deepEqual(
    [first.source.title, first.source.level, first.source.year, first.source.documentNumber],
    [national.title, 'national', 2024, national.documentNumber],
  )
  const sources = ok(await host.head.get(`${api}/sources`)).body.items
  assert.deepEqual(
    sources.find(({ title, year }: { title: string; year: number }) => title === national.title && year === 2024),
    { kind: 'quality-monitoring', level: 'national', year: 2024, title: national.title, problems: 2 },
  )
  const [, kept] = [made, ok(await host.head.get(`${api}/feedbacks/${made.body.id}`)).body]
  assert.deepEqual([kept.problems, kept.files[0].hash], [2, file.hash])
})

test('[X8] one wrong line and nothing of the document is registered', async (t) => {
  const host = await startRectification(t)
  const wrong = [
    [[row(schoolA, '甲'), row(foreignSchool, '乙')], 404, 'PROBLEM_SCHOOL_NOT_FOUND', '/problems/1/schoolId'],
    [[row(schoolA, '甲'), row(schoolA, '甲')], 422, 'FEEDBACK_PROBLEM_TWICE', '/problems/1/title'],
    [[], 422, 'FEEDBACK_EMPTY', '/problems'],
  ] as const
  for (const [problems, status, code, pointer] of wrong) {
    const answer = await host.staff.post(`${api}/feedbacks`, { source: national, problems })
    refusedWith(answer, status, code)
    assert.equal(answer.body.errors[0].pointer, pointer)
  }
  await host.settle()
  assert.deepEqual(await titles(host, ''), [])
  assert.deepEqual(ok(await host.head.get(`${api}/feedbacks`)).body.items, [])
  const taken = ok(await host.staff.post(`${api}/feedbacks`, { source: national, problems: [row(schoolA, '甲')] }), 201)
  const [only] = ok(await host.head.get(`${api}/problems`, upTo(taken))).body.items
  assert.equal(only.number, '永-2026-0001', 'the refused tries took no number')
})

test('[X8] another office and a school do not see a feedback document', async (t) => {
  const host = await startRectification(t)
  const made = ok(await host.staff.post(`${api}/feedbacks`, { source: national, problems: [row(schoolA, '甲')] }), 201)
  await host.settle()
  const path = `${api}/feedbacks/${made.body.id}`
  refusedWith(await host.foreignHead.get(path), 404, 'FEEDBACK_NOT_FOUND')
  refusedWith(await host.principal.get(path), 403, 'PERMISSION_MISSING')
  assert.deepEqual(ok(await host.foreignHead.get(`${api}/sources`)).body.items, [])
})
