import assert from 'node:assert/strict'
import { test } from 'node:test'
import { project, projectionSuite } from '@dulian/event-sourcing/testing'
import { accountIds, accountStory } from '../../../test/account-story.ts'
import { ACCOUNTS, type AccountDocument, accountsProjection } from './projection.ts'

const { events } = accountStory()
const upTo = (type: string) => events.slice(0, events.findIndex((event) => event.type === type) + 1)

test('an account shows its roles, who manages accounts, and since which version tokens count', async () => {
  const view = await project(accountsProjection, events)
  const head = view.document<AccountDocument>(ACCOUNTS, accountIds.head)
  assert.equal(head?.managesAccounts, true)
  assert.equal(head?.rightsVersion, 2)
  const staff = view.document<AccountDocument>(ACCOUNTS, accountIds.staff)
  assert.deepEqual(staff?.grants, [])
  assert.deepEqual([staff?.state, staff?.rightsVersion, staff?.version], ['enabled', 5, 5])
  const disabled = await project(accountsProjection, upTo('account-disabled.v1'))
  assert.equal(disabled.document<AccountDocument>(ACCOUNTS, accountIds.staff)?.state, 'disabled')
})

projectionSuite(accountsProjection, events)
