import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineRule } from '@dulian/dated-rules'
import { type Assessed, assess } from './assess.ts'
import { Fact } from './fact.ts'
import {
  blindReviewRules,
  kinshipRule,
  postingRules,
  type RecusalLimit,
  recusalRules,
  reviewRules,
  teamRules,
} from './recusal-rules.ts'

const person = { id: 'jia', name: '示例督学甲' }
const school = { id: 'school-1', name: '示例第一小学' }
const fact = (given: Partial<Fact>): Fact =>
  Fact.parse({
    id: 'fact-1',
    personId: 'jia',
    kind: 'kinship',
    objectId: 'school-1',
    description: '配偶任该校校长',
    from: '2024-09-01',
    to: null,
    ...given,
  })
const asked = (given: Partial<Assessed>): Assessed => ({
  person,
  object: school,
  day: '2026-11-22',
  facts: [],
  rules: teamRules,
  ...given,
})
const rulesBroken = (given: Partial<Assessed>) => assess(asked(given)).reasons.map(({ rule }) => rule)

test('[N1] [R14] who is married to the principal is refused with the reason; without a tie one is allowed', () => {
  const spouse = fact({})
  assert.deepEqual(assess(asked({ facts: [spouse] })), {
    allowed: false,
    reasons: [
      {
        rule: 'recusal-kinship',
        ruleVersion: 1,
        fact: spouse,
        explanation:
          '示例督学甲应当回避示例第一小学：配偶任该校校长（2024年9月1日起），属近亲属任职。依据：《教育督导条例》第十条（国务院令第624号）。',
      },
    ],
    rules: assess(asked({})).rules,
  })
  assert.equal(assess(asked({})).allowed, true)
})

test('[N1] the same person is allowed for a case from another district, in a blind round as well', () => {
  const facts = [fact({}), fact({ id: 'home', kind: 'district', objectId: 'yongchuan', description: '本区督学' })]
  const elsewhere = { id: 'case-9', name: '示例案例', about: ['school-900', 'qijiang'] }
  assert.equal(assess(asked({ object: elsewhere, facts, rules: blindReviewRules })).allowed, true)
  const here = { id: 'case-1', name: '示例案例', about: ['school-2', 'yongchuan'] }
  assert.deepEqual(rulesBroken({ object: here, facts, rules: blindReviewRules }), ['recusal-same-district'])
  assert.deepEqual(rulesBroken({ object: here, facts, rules: reviewRules }), [])
  const ofThatSchool = { id: 'case-2', name: '示例案例', about: ['school-1', 'qijiang'] }
  assert.deepEqual(rulesBroken({ object: ofThatSchool, facts, rules: reviewRules }), ['recusal-kinship'])
})

test('[N1] a tie holds from its first to its last day, and an unknown beginning is long ago', () => {
  const spouse = fact({ from: '2024-09-01', to: '2026-08-31' })
  const on = (day: string, one = spouse) => assess(asked({ day, facts: [one] })).allowed
  assert.deepEqual(
    ['2024-08-31', '2024-09-01', '2026-08-31', '2026-09-01'].map((day) => on(day)),
    [true, false, false, true],
  )
  assert.equal(on('1999-01-01', fact({ from: null, to: null })), false)
})

test('[N1] a former employer is kept away from for three years after the last day, and the answer says until when', () => {
  const facts = [fact({ kind: 'former-employer', description: '曾任该校副校长', from: '2015-09-01', to: '2023-08-31' })]
  const last = assess(asked({ day: '2026-08-31', facts }))
  assert.equal(last.allowed, false)
  assert.match(last.reasons[0]?.explanation ?? '', /2015年9月1日至2023年8月31日.*2026年9月1日起不再回避/)
  assert.match(last.reasons[0]?.explanation ?? '', /默认值，可由本室调整/)
  assert.equal(assess(asked({ day: '2026-09-01', facts })).allowed, true)
})

test('[N1] the present employer is kept away from while one works there', () => {
  const facts = [fact({ kind: 'present-employer', description: '任职于该校', from: null })]
  assert.deepEqual(rulesBroken({ facts }), ['recusal-present-employer'])
  assert.deepEqual(rulesBroken({ facts, rules: postingRules }), ['recusal-present-employer'])
})

test('[N1] who answered for the school less than three years ago does not inspect or review it', () => {
  const running = fact({ kind: 'posting', description: '该校挂牌督学', from: '2025-09-01' })
  assert.deepEqual(rulesBroken({ facts: [running] }), ['recusal-same-posting'])
  const over = { ...running, from: '2022-03-01', to: '2023-11-22' }
  assert.deepEqual(rulesBroken({ facts: [over] }), ['recusal-same-posting'])
  assert.deepEqual(rulesBroken({ facts: [over], rules: reviewRules }), ['recusal-same-posting'])
  assert.deepEqual(rulesBroken({ facts: [{ ...over, to: '2023-11-21' }] }), [])
})

test('[N1] [R14] a posting goes on, and a stand-in may return; only who rotated away after a full turn waits', () => {
  const posting = (from: string, to: string | null) => fact({ kind: 'posting', description: '该校挂牌督学', from, to })
  const again = (one: Fact) => rulesBroken({ facts: [one], rules: postingRules })
  assert.deepEqual(again(posting('2020-09-01', null)), [])
  assert.deepEqual(again(posting('2025-03-01', '2025-08-31')), [])
  assert.deepEqual(again(posting('2022-09-01', '2025-08-31')), ['posting-rotation'])
  assert.deepEqual(again(posting('2022-09-01', '2025-08-30')), [])
  assert.deepEqual(again(posting('2019-09-01', '2022-08-31')), [])
})

test('[N1] co-authors of a work are recused from it for three years after they last wrote together', () => {
  const paper = { id: 'paper-1', name: '示例论文', about: ['author-5'] }
  const together = fact({
    kind: 'co-author',
    objectId: 'author-5',
    description: '与作者合作发表论文',
    from: null,
    to: '2024-06-30',
  })
  assert.deepEqual(rulesBroken({ object: paper, facts: [together], rules: reviewRules }), ['recusal-co-author'])
  assert.deepEqual(rulesBroken({ object: paper, facts: [together], rules: reviewRules, day: '2027-07-01' }), [])
  assert.deepEqual(rulesBroken({ object: paper, facts: [together], rules: teamRules }), [])
})

test('[N1] several reasons are all told; other people and other places are left out', () => {
  const facts = [
    fact({}),
    fact({ id: 'fact-2', kind: 'other', description: '与该校有经济往来' }),
    fact({ id: 'fact-3', personId: 'yi' }),
    fact({ id: 'fact-4', objectId: 'school-2' }),
  ]
  assert.deepEqual(rulesBroken({ facts }), ['recusal-kinship', 'recusal-other'])
})

test('[N1] [N11] the version of the day judges, and the answer names it', () => {
  const limit: RecusalLimit = { kind: 'former-employer', whileItLasts: true, yearsAfter: 3, heldYears: 0 }
  const rule = defineRule({
    id: 'example',
    title: '示例规则',
    versions: [
      { version: 1, effectiveFrom: '2020-01-01', source: '示例', confidence: 'low', value: limit },
      {
        version: 2,
        effectiveFrom: '2026-01-01',
        source: '示例',
        confidence: 'low',
        value: { ...limit, yearsAfter: 5 },
      },
    ],
  })
  const facts = [fact({ kind: 'former-employer', from: null, to: '2022-06-30' })]
  assert.equal(assess(asked({ day: '2025-12-31', facts, rules: [rule] })).allowed, true)
  assert.equal(assess(asked({ day: '2026-01-01', facts, rules: [rule] })).reasons[0]?.ruleVersion, 2)
  assert.deepEqual(assess(asked({ rules: [kinshipRule] })).rules, [{ id: 'recusal-kinship', version: 1 }])
})

test('[N1] [N11] a limit that no official text gives is labelled as a default that an office may change', () => {
  const versions = recusalRules.flatMap((rule) => rule.versions)
  for (const { source, confidence } of versions) {
    if (confidence !== 'high') assert.match(source, /默认值，可由本室调整/)
  }
  assert.equal(new Set(versions.map(({ id }) => id)).size, versions.length)
  const years = Object.fromEntries(versions.map(({ id, value }) => [id, value.yearsAfter]))
  assert.deepEqual(years, {
    'recusal-kinship': 0,
    'recusal-present-employer': 0,
    'recusal-former-employer': 3,
    'recusal-other': 0,
    'posting-rotation': 3,
    'recusal-same-posting': 3,
    'recusal-co-author': 3,
    'recusal-same-district': 0,
  })
})
