import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal, stateAfter } from '@dulian/event-sourcing/testing'
import { person } from '../../test/registry-story.ts'
import { appointSupervisor, registerSupervisor } from '../supervisor/decide.ts'
import { supervisorStream } from '../supervisor/supervisor.ts'
import { activitySheetStream, sheetIdOf } from './activity-sheet.ts'
import { type RecordActivity, recordActivity, strikeActivity } from './decide.ts'
import { initialActivitySheet } from './state.ts'

const supervisorOf = (category: 'government' | 'school') =>
  stateAfter(
    supervisorStream,
    () => registerSupervisor({ ...person, category }),
    (state) => appointSupervisor({ termFrom: '2025-09-01', decidedBy: '示例委员会', decidedOn: '2025-08-20' }, state),
  )
const supervisorId = '0197a000-0000-7000-8000-000000000501'
const activityId = '0197a000-0000-7000-8000-000000000801'
const command: RecordActivity = {
  activityId,
  supervisorId,
  on: '2026-03-02',
  kind: 'policy-advice',
  title: '关于农村小规模学校的建议',
  text: '建议统筹走教教师。',
  supervisor: supervisorOf('government'),
  today: '2026-03-02',
}

test('[R16] an activity of a government supervisor is recorded once, with its day and kind', () => {
  const [event] = recordActivity(command, initialActivitySheet)
  assert.ok(event?.type === 'ActivityRecorded')
  assert.deepEqual(
    [event.data.supervisorName, event.data.kind, event.data.on],
    ['示例督学甲', 'policy-advice', '2026-03-02'],
  )
  const kept = stateAfter(activitySheetStream, () => [event])
  assert.deepEqual(recordActivity(command, kept), [])
})

test('[R16] nothing is recorded that is still to come, outside the term, or of somebody who is no government supervisor', () => {
  const attempt = (given: Partial<RecordActivity>) => recordActivity({ ...command, ...given }, initialActivitySheet)
  assert.throws(() => attempt({ on: '2026-03-03' }), refusal('ACTIVITY_IN_FUTURE', '/on'))
  assert.throws(() => attempt({ on: '2025-08-31' }), refusal('SUPERVISOR_TERM_NOT_RUNNING', '/supervisorId'))
  assert.throws(
    () => attempt({ supervisor: supervisorOf('school') }),
    refusal('NOT_GOVERNMENT_SUPERVISOR', '/supervisorId'),
  )
})

test('[R16] what was entered in error is struck, once; what is not on the sheet is not there', () => {
  const kept = stateAfter(activitySheetStream, () => recordActivity(command, initialActivitySheet))
  const strike = { activityId, reason: '重复录入' }
  const [event] = strikeActivity(strike, kept)
  assert.equal(event?.type, 'ActivityStruck')
  assert.deepEqual(
    strikeActivity(
      strike,
      stateAfter(
        activitySheetStream,
        () => recordActivity(command, initialActivitySheet),
        (state) => strikeActivity(strike, state),
      ),
    ),
    [],
  )
  assert.throws(() => strikeActivity(strike, initialActivitySheet), refusal('STREAM_NOT_FOUND'))
})

test('[R16] each year has a sheet of its own', () => {
  assert.equal(sheetIdOf(supervisorId, '2026-03-02'), sheetIdOf(supervisorId, '2026-12-31'))
  assert.notEqual(sheetIdOf(supervisorId, '2026-12-31'), sheetIdOf(supervisorId, '2027-01-01'))
})
