import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askAsStranger, askWithoutRole, tryOddInput } from '@dulian/service-host/testing'
import { api, schoolA, startRectification } from './rectification-host.ts'

const service = 'rectification'

test('odd input on any route is refused as a problem, never an accident', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  await host.demand(id, '2026-11-30')
  const tried = await tryOddInput({
    host,
    service,
    identity: { subject: 'all', roles: ['office-head', 'school-principal'], school: schoolA },
    parametersOf: () => ({ id }),
    except: ['/board/stream'],
  })
  assert.ok(tried > 500, String(tried))
})

test('no answer to another office tells a problem that exists from one that does not', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  assert.ok((await askAsStranger({ host, service, stranger: host.foreignHead, ids: [id] })) > 0)
})

test('every route asks for a permission', async (t) => {
  await askWithoutRole({ host: await startRectification(t), service })
})

test('a day that no calendar reaches is refused, not answered with an accident', async (t) => {
  const host = await startRectification(t)
  for (const path of ['terms?from', 'board?asOf', 'problems?asOf', 'problems?openedTo']) {
    assert.equal((await host.head.get(`${api}/${path}=9999-12-31`)).status, 400, path)
    // Of a day to come nothing can be known; a limit on a day may well lie ahead.
    const lookingBack = path.endsWith('asOf')
    assert.equal((await host.head.get(`${api}/${path}=2149-12-31`)).status, lookingBack ? 422 : 200, path)
  }
})
