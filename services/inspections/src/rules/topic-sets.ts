import { type DatedRule, defineRule, type GivenVersion, referenceTo, ruleAt } from '@dulian/dated-rules'
import { deterministicId } from '@dulian/event-sourcing'
import type { AppliesTo, ChecklistEdition, ChecklistItem } from '../checklist/checklist-item.ts'
import { chengkouTopics, dadukouTopics, qijiangTopics, yongchuanTopics } from './district-topics.ts'
import { kindergartenItems } from './monthly-items.ts'
import { openingItems, postingItems } from './national-topics.ts'

/** 督查主题: a list by topics, ready to be used or to be made an office's own. */
interface TopicSet {
  readonly title: string
  readonly items: readonly ChecklistItem[]
}

const allSchools: AppliesTo = { kinds: ['school', 'special', 'vocational'], stages: [] }
const kindergartens: AppliesTo = { kinds: ['kindergarten'], stages: [] }
const schoolsAndKindergartens: AppliesTo = { kinds: ['school', 'kindergarten', 'special', 'vocational'], stages: [] }

function topicRule(id: string, given: Omit<GivenVersion<TopicSet>, 'version'>): DatedRule<TopicSet> {
  return defineRule({ id, title: given.value.title, versions: [{ version: 1, ...given }] })
}

/** What single districts look at in 经常性督导, by their own published plans. */
const districtTopics: { readonly [office: string]: DatedRule<TopicSet> } = {
  qijiang: topicRule('routine-topics-qijiang', {
    effectiveFrom: '2026-01-01',
    source: '綦江区2026年教育督导工作要点四.3',
    confidence: 'medium',
    value: { title: '綦江区常态化摸排主题', items: qijiangTopics },
  }),
  yongchuan: topicRule('routine-topics-yongchuan', {
    effectiveFrom: '2025-01-01',
    source: '永川区2025年全区教育督导工作要点7、11',
    confidence: 'medium',
    value: { title: '永川区经常性督导主题', items: yongchuanTopics },
  }),
  chengkou: topicRule('routine-topics-chengkou', {
    effectiveFrom: '2023-01-01',
    source: '城口县2023年教育督导工作要点5：教学常规管理、党建工作、师德师风、安全稳定',
    confidence: 'medium',
    value: { title: '城口县经常性督导主题', items: chengkouTopics },
  }),
  dadukou: topicRule('routine-topics-dadukou', {
    effectiveFrom: '2021-09-28',
    source: '大渡口委办发〔2021〕10号五：学校党建、教育教学、科学研究、师德师风、资源配置、教育收费、安全稳定',
    confidence: 'medium',
    value: { title: '大渡口区经常性督导主题', items: dadukouTopics },
  }),
}

const posting = topicRule('posting-topics', {
  effectiveFrom: '2013-09-17',
  source: '《中小学校责任督学挂牌督导办法》：对学校进行经常性督导的八项内容',
  confidence: 'high',
  value: { title: '挂牌督导八项内容', items: postingItems },
})

const kindergartenPosting = topicRule('kindergarten-posting-topics', {
  effectiveFrom: '2019-06-10',
  source: '《幼儿园责任督学挂牌督导办法》教督〔2019〕3号；条目为默认值',
  confidence: 'medium',
  value: { title: '幼儿园挂牌督导主题', items: kindergartenItems },
})

const opening = topicRule('school-opening-topics', {
  effectiveFrom: '2023-01-01',
  source: '城口县2023年教育督导工作要点6、永川区2025年要点11（除险固安）、綦江区2026年要点二.6；条目为默认值',
  confidence: 'medium',
  value: { title: '开学专项督导', items: openingItems },
})

/** The 开学专项督导 of an office, which its spring and autumn campaigns use. */
export const OPENING = 'school-opening-topics'

export interface TopicList extends ChecklistEdition {
  /** Id of the rule it comes from; the same in every office. */
  readonly key: string
  readonly source: string
}

/** The lists by topics that an office has on a day: its own district's first, then what holds everywhere. */
export function topicSetsAt(office: string, day: string): TopicList[] {
  const own = districtTopics[office]
  return [
    ...(own === undefined ? [] : [listOf(office, day, own, allSchools)]),
    listOf(office, day, posting, allSchools),
    listOf(office, day, kindergartenPosting, kindergartens),
    listOf(office, day, opening, schoolsAndKindergartens),
  ]
}

function listOf(office: string, day: string, rule: DatedRule<TopicSet>, appliesTo: AppliesTo): TopicList {
  const version = ruleAt(rule, day)
  return {
    key: rule.id,
    source: version.source,
    checklistId: deterministicId('topic-set', office, rule.id),
    edition: version.version,
    title: version.value.title,
    appliesTo,
    items: [...version.value.items],
    rule: referenceTo(version),
  }
}
