import { type DatedRule, defineRule, type GivenVersion } from '@dulian/dated-rules'
import type { FactKind } from './fact.ts'

/** When facts of one kind forbid to act. */
export interface RecusalLimit {
  readonly kind: FactKind
  /** Whether they forbid while they last. */
  readonly whileItLasts: boolean
  /** Years after their last day in which they still forbid; 0: not a day longer. */
  readonly yearsAfter: number
  /** Only facts that lasted at least so many years count; 0: all do. */
  readonly heldYears: number
}

export type RecusalRule = DatedRule<RecusalLimit>

function recusal(id: string, title: string, first: Omit<GivenVersion<RecusalLimit>, 'version'>): RecusalRule {
  return defineRule({ id, title, versions: [{ version: 1, ...first }] })
}

const article10 = '《教育督导条例》第十条（国务院令第624号）'
const ours = '默认值，可由本室调整'
const lasting = { whileItLasts: true, yearsAfter: 0, heldYears: 0 }

/** A close relative of the main leader of the inspected unit may not inspect it. */
export const kinshipRule = recusal('recusal-kinship', '近亲属任职回避', {
  effectiveFrom: '2012-10-01',
  source: article10,
  confidence: 'high',
  value: { kind: 'kinship', ...lasting },
})

export const presentEmployerRule = recusal('recusal-present-employer', '任职单位回避', {
  effectiveFrom: '2012-10-01',
  source: `${article10}“可能影响客观公正”未列举情形，${ours}`,
  confidence: 'medium',
  value: { kind: 'present-employer', ...lasting },
})

export const formerEmployerRule = recusal('recusal-former-employer', '曾任职单位回避', {
  effectiveFrom: '2012-10-01',
  source: `${article10}“可能影响客观公正”未定年限，${ours}`,
  confidence: 'low',
  value: { kind: 'former-employer', whileItLasts: true, yearsAfter: 3, heldYears: 0 },
})

/** Who answered for a place within the last years does not judge it in a team or as a reviewer. */
export const samePostingRule = recusal('recusal-same-posting', '同一岗位回避', {
  effectiveFrom: '2012-10-01',
  source: `${article10}“可能影响客观公正”未定年限，${ours}`,
  confidence: 'low',
  value: { kind: 'posting', whileItLasts: true, yearsAfter: 3, heldYears: 0 },
})

/** Who rotated away after a full turn does not come straight back; going on or standing in is no return. */
export const postingRotationRule = recusal('posting-rotation', '挂牌轮换', {
  effectiveFrom: '2013-01-01',
  source: `挂牌督导办法要求定期轮换，全国未定年限（部分省份为三年），${ours}`,
  confidence: 'low',
  value: { kind: 'posting', whileItLasts: false, yearsAfter: 3, heldYears: 3 },
})

export const coAuthorRule = recusal('recusal-co-author', '合作作者回避', {
  effectiveFrom: '2012-10-01',
  source: `文件未作规定，${ours}`,
  confidence: 'low',
  value: { kind: 'co-author', whileItLasts: true, yearsAfter: 3, heldYears: 0 },
})

export const sameDistrictRule = recusal('recusal-same-district', '盲评同区县回避', {
  effectiveFrom: '2012-10-01',
  source: `文件未作规定，${ours}`,
  confidence: 'medium',
  value: { kind: 'district', ...lasting },
})

export const otherGroundRule = recusal('recusal-other', '其他可能影响公正的事由回避', {
  effectiveFrom: '2012-10-01',
  source: article10,
  confidence: 'high',
  value: { kind: 'other', ...lasting },
})

const always = [kinshipRule, presentEmployerRule, formerEmployerRule, otherGroundRule]

/** For answering for one place over years. */
export const postingRules: readonly RecusalRule[] = [...always, postingRotationRule]
/** For a team that inspects a place. */
export const teamRules: readonly RecusalRule[] = [...always, samePostingRule]
/** For reviewers of works. */
export const reviewRules: readonly RecusalRule[] = [...always, samePostingRule, coAuthorRule]
/** For reviewers who do not learn whose work it is. */
export const blindReviewRules: readonly RecusalRule[] = [...reviewRules, sameDistrictRule]

/** Every rule, for showing them. */
export const recusalRules: readonly RecusalRule[] = [...new Set([...postingRules, ...blindReviewRules])]
