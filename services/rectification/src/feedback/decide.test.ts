import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { refusal } from '@dulian/event-sourcing/testing'
import { registerFeedback } from './decide.ts'
import { FeedbackRegistered } from './events.ts'
import { evolveFeedback, initialFeedback } from './state.ts'

const command = FeedbackRegistered.parse(
  JSON.parse(readFileSync(new URL('fixtures/feedback-registered.v1.json', import.meta.url), 'utf8')),
)

test('[X8] a feedback document lists at least one problem, none of them twice for one school', () => {
  assert.equal(registerFeedback(command, initialFeedback).length, 1)
  assert.throws(
    () => registerFeedback({ ...command, problems: [] }, initialFeedback),
    refusal('FEEDBACK_EMPTY', '/problems'),
  )
  const twice = { ...command, problems: [...command.problems, ...command.problems] }
  assert.throws(() => registerFeedback(twice, initialFeedback), refusal('FEEDBACK_PROBLEM_TWICE', '/problems/1/title'))
})

test('registering twice changes nothing', () => {
  const state = registerFeedback(command, initialFeedback).reduce(evolveFeedback, initialFeedback)
  assert.deepEqual(registerFeedback(command, state), [])
})
