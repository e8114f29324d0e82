import assert from 'node:assert/strict'
import { test } from 'node:test'
import { project, projectionSuite } from '@dulian/event-sourcing/testing'
import { accountIds, accountStory } from '../../../test/account-story.ts'
import { SESSIONS, type SessionDocument, sessionsProjection } from './projection.ts'

const { events } = accountStory()

test('a session shows where it was last seen, and how it ended', async () => {
  const view = await project(sessionsProjection, events)
  const office = view.document<SessionDocument>(SESSIONS, accountIds.office)
  assert.deepEqual(
    [office?.state, office?.ip, office?.seenAt, office?.closedAt !== null],
    ['ended', '192.0.2.11', '2026-11-23T02:05:00.000Z', true],
  )
  const phone = view.document<SessionDocument>(SESSIONS, accountIds.phone)
  assert.deepEqual([phone?.state, phone?.reason], ['revoked', '设备遗失'])
})

projectionSuite(sessionsProjection, events)
