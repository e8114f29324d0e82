import assert from 'node:assert/strict'
import { test } from 'node:test'
import { followRevocations } from './follow-revocations.ts'
import { REVOCATION_KEPT_MS, RevocationList, Revocations } from './revocation-list.ts'

const NOW = Date.parse('2026-11-30T01:00:00Z')
const mark = (session: string, account: string, accountVersion: number) => ({ session, account, accountVersion })

test('an ended session is refused, others of the account are not; older versions of an account are refused', () => {
  const list = new RevocationList()
  list.endSession('s1', NOW)
  list.requireVersion('a2', 5, NOW)
  assert.equal(list.refuses(mark('s1', 'a1', 9)), true)
  assert.equal(list.refuses(mark('s2', 'a1', 1)), false)
  assert.equal(list.refuses(mark('s3', 'a2', 4)), true)
  assert.equal(list.refuses(mark('s3', 'a2', 5)), false)
})

test('what one process tells another takes over whole, and entries older than any token are forgotten', () => {
  const [one, other] = [new RevocationList(), new RevocationList()]
  one.endSession('s1', NOW)
  one.requireVersion('a1', 3, NOW)
  other.take(Revocations.parse(JSON.parse(JSON.stringify(one.told()))))
  assert.deepEqual(other.told(), one.told())
  other.endSession('s2', NOW + REVOCATION_KEPT_MS + 1)
  assert.deepEqual(
    other.told().sessions.map(({ session }) => session),
    ['s2'],
  )
  assert.deepEqual(other.told().accounts, [])
})

test('a look that fails is no end: what is known stays, and the next look takes what there is', async () => {
  const list = new RevocationList()
  let answer: (() => Promise<Revocations>) | undefined
  const followed = followRevocations({
    list,
    read: () => answer?.() ?? Promise.reject(new Error('away')),
    everyMs: 3_600_000,
  })
  list.endSession('s1', NOW)
  assert.equal(await followed.look(), false)
  answer = async () => ({ sessions: [{ session: 's2', at: new Date(NOW).toISOString() }], accounts: [] })
  assert.equal(await followed.look(), true)
  assert.deepEqual(
    list
      .told()
      .sessions.map(({ session }) => session)
      .sort(),
    ['s1', 's2'],
  )
  await followed.close()
})
