import { type DatedRule, defineRule, type GivenVersion } from '@dulian/dated-rules'

/** A number and what it counts. */
export interface Figure {
  readonly amount: number
  readonly unit: string
}

/** The first version of a figure; the next one is added behind it, with its own day and source. */
function figure(id: string, title: string, first: Omit<GivenVersion<Figure>, 'version'>): DatedRule<Figure> {
  return defineRule({ id, title, versions: [{ version: 1, ...first }] })
}

const regulation = '《教育督导条例》第六条（国务院令第624号）'

export const termYears = figure('term-years', '督学每届任期', {
  effectiveFrom: '2012-10-01',
  source: regulation,
  confidence: 'high',
  value: { amount: 3, unit: '年' },
})

export const consecutiveTerms = figure('consecutive-terms', '兼职督学连续任职上限', {
  effectiveFrom: '2012-10-01',
  source: regulation,
  confidence: 'high',
  value: { amount: 3, unit: '届' },
})

export const consecutiveGapDays = figure('consecutive-gap-days', '两届之间不超过多少天仍算连续任职', {
  effectiveFrom: '2012-10-01',
  source: '条例未作规定，默认值，可由本室调整',
  confidence: 'low',
  value: { amount: 365, unit: '天' },
})

export const termNoticeDays = figure('term-notice-days', '任期届满前多少天提示将到期', {
  effectiveFrom: '2012-10-01',
  source: '文件未作规定，默认值，可由本室调整',
  confidence: 'low',
  value: { amount: 90, unit: '天' },
})

export const schoolsPerSupervisor = figure('schools-per-supervisor', '一名责任督学负责的学校数', {
  effectiveFrom: '2013-01-01',
  source: '《中小学校责任督学挂牌督导办法》（国教督办〔2013〕）；《幼儿园责任督学挂牌督导办法》（教督〔2019〕3号）',
  confidence: 'high',
  value: { amount: 5, unit: '所' },
})

export const largeSchoolPupils = figure('large-school-pupils', '由专人负责（1∶1）的大校学生数', {
  effectiveFrom: '2013-01-01',
  source: '文件只称“学生数较多的学校”，未定人数，默认值，可由本室调整',
  confidence: 'low',
  value: { amount: 2000, unit: '人' },
})

export const schoolsPerZone = figure('schools-per-zone', '一个责任区的学校数', {
  effectiveFrom: '2012-01-01',
  source: '《关于加强督学责任区建设的意见》（教督〔2012〕7号）',
  confidence: 'high',
  value: { amount: 20, unit: '所' },
})

export const memberBodies = figure('member-bodies', '教育督导委员会成员单位数', {
  effectiveFrom: '2021-01-01',
  source: '大渡口委办发〔2021〕10号第一条列 19 个成员部门；各地数目不同，默认值，可由本室调整',
  confidence: 'medium',
  value: { amount: 19, unit: '个' },
})

/** Every figure this service decides by. */
export const supervisionRules: readonly DatedRule<Figure>[] = [
  termYears,
  consecutiveTerms,
  consecutiveGapDays,
  termNoticeDays,
  schoolsPerSupervisor,
  largeSchoolPupils,
  schoolsPerZone,
  memberBodies,
]
