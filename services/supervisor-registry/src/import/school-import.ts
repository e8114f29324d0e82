import { Ownership, SchoolKind, SchoolStage } from '@dulian/contracts'
import { awaitHead } from '@dulian/service-host'
import type { z } from 'zod'
import { correctSchool, registerSchool, reportEnrolment, type ZoneFacts } from '../school/decide.ts'
import type { SchoolEvent } from '../school/events.ts'
import { schoolIdOf } from '../school/school.ts'
import { evolveSchool, initialSchool, type School } from '../school/state.ts'
import { SCHOOLS, type SchoolDocument } from '../views/schools/projection.ts'
import { type CellProblem, faults, shown } from './cell-problem.ts'
import { choiceColumn, countColumn, dayColumn, textColumn, type Values } from './column.ts'
import { type About, type Candidate, importKind, type Judgement, problemOf, refused, unchanged } from './import-kind.ts'

/** As the screens write them. */
const kindWords: Readonly<Record<z.infer<typeof SchoolKind>, string>> = {
  school: '学校',
  kindergarten: '幼儿园',
  special: '特殊教育学校',
  vocational: '中等职业学校',
  'training-institution': '校外培训机构',
}
const stageWords: Readonly<Record<z.infer<typeof SchoolStage>, string>> = {
  preschool: '学前',
  primary: '小学',
  junior: '初中',
  'nine-year': '九年一贯制',
  senior: '普通高中',
  'complete-secondary': '完全中学',
  vocational: '中职',
  special: '特殊教育',
  training: '校外培训',
}
const ownershipWords: Readonly<Record<z.infer<typeof Ownership>, string>> = {
  public: '公办',
  private: '民办',
  'private-inclusive': '普惠性民办',
}

const columns = {
  code: textColumn({
    header: '学校标识码',
    required: true,
    hint: '6—20 位数字或大写字母。已登记的标识码用于更正该校信息，不会重复建立。',
    longest: 20,
    form: { pattern: /^[0-9A-Z]{6,20}$/, words: '学校标识码为 6—20 位数字或大写字母' },
    asText: true,
    width: 16,
  }),
  name: textColumn({ header: '学校名称', required: true, hint: '全称，100 字以内。', longest: 100, width: 30 }),
  kind: choiceColumn({ header: '办学类型', required: true, hint: '从下拉列表中选择。', words: kindWords, width: 16 }),
  stage: choiceColumn({ header: '学段', required: true, hint: '从下拉列表中选择。', words: stageWords, width: 14 }),
  ownership: choiceColumn({
    header: '办学性质',
    required: true,
    hint: '从下拉列表中选择。',
    words: ownershipWords,
    width: 14,
  }),
  zone: textColumn({
    header: '责任区',
    hint: '从下拉列表中选择本室已设立的责任区；留空表示暂不划入，已划入的保持不变。',
    longest: 50,
    width: 20,
  }),
  address: textColumn({ header: '地址', hint: '200 字以内；留空则保持不变。', longest: 200, width: 30 }),
  enrolment: countColumn({ header: '在校生数', hint: '整数；留空则保持不变。', most: 100_000, width: 12 }),
  enrolmentAsOf: dayColumn({
    header: '学生数截至日期',
    hint: '如 2026-09-01；留空时，更新学生数按导入当天计。',
    width: 18,
  }),
  overrideReason: textColumn({
    header: '超出责任区学校数的理由',
    hint: '仅在责任区学校数已达上限、确需划入时填写。',
    longest: 500,
    width: 26,
  }),
}
type SchoolRow = Values<typeof columns>

const pointers = { '/code': 'code', '/zoneId': 'zone', '/asOf': 'enrolmentAsOf' }
const fieldWords = {
  name: '学校名称',
  kind: '办学类型',
  stage: '学段',
  ownership: '办学性质',
  address: '地址',
  zoneName: '责任区',
  enrolment: '在校生数',
} as const

/** What the events say in words of the table. */
const words = (field: keyof typeof fieldWords, value: string | number | null): string => {
  if (value === null) return '无'
  if (field === 'kind') return kindWords[SchoolKind.parse(value)]
  if (field === 'stage') return stageWords[SchoolStage.parse(value)]
  if (field === 'ownership') return ownershipWords[Ownership.parse(value)]
  return String(value)
}

/** 学校: a code that is not registered becomes a school, a registered one is corrected in what the row says otherwise. */
export const schoolImport = importKind({
  name: 'schools',
  title: '学校',
  columns,
  titleOf: ({ name, code }) => name ?? code ?? '',
  sameOf: ({ code }) => code ?? '',
  sameColumn: 'code',
  turnsOf: ({ zone }, { office, zones }) =>
    zones.has(zone ?? '') ? `zone ${office} ${zones.get(zone ?? '')}` : undefined,
  judge: judgeSchools,
})

async function judgeSchools(candidates: readonly Candidate<SchoolRow>[], about: About): Promise<Judgement[]> {
  const { registry, office, patience } = about
  await awaitHead(registry.schoolsView, registry.store, patience)
  const ids = candidates.map(({ values }) => schoolIdOf(office, values.code ?? ''))
  const known = await registry.schoolsView.getMany<SchoolDocument>(SCHOOLS, ids)
  const counts = await countsOf(candidates, about)
  return candidates.map((candidate, place) => {
    const id = ids[place] ?? ''
    const state = stateOf(known.get(id)?.document)
    return judgeSchool(candidate, { id, state, counts }, about)
  })
}

interface Facts {
  readonly id: string
  readonly state: School
  /** Zone → open schools in it. */
  readonly counts: ReadonlyMap<string, number>
}

function judgeSchool({ row, texts, values }: Candidate<SchoolRow>, facts: Facts, about: About): Judgement {
  const { state, counts } = facts
  const { registry, on, planned, zones } = about
  const problems: CellProblem[] = []
  const fault = (key: keyof typeof columns, what: Omit<CellProblem, 'row' | 'column' | 'value'>): void => {
    const place = Object.keys(columns).indexOf(key)
    problems.push({ row, column: columns[key].header, value: shown(texts[place] ?? ''), ...what })
  }
  const zoneId = values.zone === null ? null : zones.get(values.zone)
  if (zoneId === undefined) fault('zone', { ...faults.notOneOf([...zones.keys()]), code: 'ZONE_UNKNOWN' })
  if ((values.enrolmentAsOf ?? '') > on) fault('enrolmentAsOf', faults.dayToCome(on))
  if (problems.length > 0 || zoneId === undefined) return refused(problems)

  const isIn = state.stage === 'open' && state.school.zoneId === zoneId
  const others = zoneId === null ? 0 : (counts.get(zoneId) ?? 0) + (planned.get(zoneId) ?? 0) - (isIn ? 1 : 0)
  const zone = zoneId === null ? null : { zoneId, name: values.zone ?? '', otherSchools: Math.max(0, others) }
  const decide = (current: School): SchoolEvent[] => decideSchool(values, zone, about, current)
  let events: readonly SchoolEvent[]
  try {
    events = decide(state)
  } catch (error) {
    return refused([problemOf(error, row, columns, pointers, texts)])
  }
  if (events.length === 0) return unchanged
  if (zoneId !== null && !isIn) planned.set(zoneId, (planned.get(zoneId) ?? 0) + 1)
  return {
    outcome: state.stage === 'unknown' ? 'new' : 'changed',
    changes: changesOf(state, events),
    note: null,
    problems: [],
    async carryOut(context) {
      await registry.schools.execute(facts.id, context, { decide })
    },
  }
}

/** The decisions of the routes, one after the other: all of a row is stored, or nothing. */
export function decideSchool(
  row: SchoolRow,
  zone: ZoneFacts | null,
  { on, fileName }: Pick<About, 'on' | 'fileName'>,
  state: School,
): SchoolEvent[] {
  const { code, name, kind, stage, ownership, address, enrolment, enrolmentAsOf } = row
  if (code === null || name === null || kind === null || stage === null || ownership === null) {
    throw new TypeError('a row without its required cells was to be decided')
  }
  const overrideReason = row.overrideReason ?? undefined
  if (state.stage === 'unknown') {
    const details = { code, name, kind, stage, ownership, address, zone, overrideReason, on }
    const registered = registerSchool({ ...details, enrolment: enrolmentAsOf === null ? enrolment : null })
    if (enrolment === null || enrolmentAsOf === null) return registered
    const then = registered.reduce(evolveSchool, initialSchool)
    return [...registered, ...reportEnrolment({ enrolment, asOf: enrolmentAsOf }, then)]
  }
  const { school } = state
  const differs =
    school.name !== name ||
    school.kind !== kind ||
    school.stage !== stage ||
    school.ownership !== ownership ||
    (address !== null && school.address !== address) ||
    (zone !== null && school.zoneId !== zone.zoneId)
  const corrected = differs
    ? correctSchool(
        {
          ...{ name, kind, stage, ownership },
          ...(address === null ? {} : { address }),
          ...(zone === null ? {} : { move: { zone } }),
          reason: `批量导入：${fileName}`,
          overrideReason,
          on,
        },
        state,
      )
    : []
  if (enrolment === null) return corrected
  const known = state.stage === 'open' ? state.enrolmentAsOf : null
  const isNews = enrolment !== school.enrolment || (enrolmentAsOf !== null && enrolmentAsOf > (known ?? ''))
  if (!isNews) return corrected
  const then = corrected.reduce(evolveSchool, state)
  return [...corrected, ...reportEnrolment({ enrolment, asOf: enrolmentAsOf ?? on }, then)]
}

function changesOf(state: School, events: readonly SchoolEvent[]): string[] {
  const after = events.reduce(evolveSchool, state)
  if (state.stage === 'unknown' || after.stage === 'unknown') return []
  return (Object.keys(fieldWords) as (keyof typeof fieldWords)[]).flatMap((field) => {
    const [from, to] = [state.school[field], after.school[field]]
    return from === to ? [] : [`${fieldWords[field]}：${words(field, from)} → ${words(field, to)}`]
  })
}

/** As the view knows it, in the form decisions are made on; carrying out decides again on the stream itself. */
function stateOf(document: SchoolDocument | undefined): School {
  if (document === undefined) return initialSchool
  const { code, name, kind, stage, ownership, address, zoneId, zoneName, enrolment, enrolmentAsOf } = document
  const school = { code, name, kind, stage, ownership, address, zoneId, zoneName, enrolment }
  return document.status === 'closed'
    ? { stage: 'closed', school, closedOn: document.closedOn ?? '' }
    : { stage: 'open', school, enrolmentAsOf }
}

async function countsOf(
  candidates: readonly Candidate<SchoolRow>[],
  { registry, office, zones }: About,
): Promise<ReadonlyMap<string, number>> {
  const named = new Set(candidates.flatMap(({ values }) => (values.zone === null ? [] : [zones.get(values.zone)])))
  const counts = new Map<string, number>()
  for (const zoneId of named) {
    if (zoneId === undefined) continue
    counts.set(zoneId, await registry.schoolsView.count(SCHOOLS, { office, zoneId, status: 'open' }))
  }
  return counts
}
