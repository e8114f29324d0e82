import type { Employment, SupervisorCategory } from '@dulian/contracts'
import { deterministicId } from '@dulian/event-sourcing'
import { awaitHead } from '@dulian/service-host'
import { findAll } from '@dulian/views'
import type { z } from 'zod'
import { certify } from '../supervisor/certify.ts'
import { type AppointSupervisor, appointSupervisor, registerSupervisor } from '../supervisor/decide.ts'
import type { SupervisorEvent, SupervisorRegistered } from '../supervisor/events.ts'
import { evolveSupervisor, initialSupervisor, type Supervisor } from '../supervisor/state.ts'
import { maskPhone } from '../views/supervisors/mask-phone.ts'
import { SUPERVISORS, type SupervisorDocument } from '../views/supervisors/projection.ts'
import { type CellProblem, faults, shown } from './cell-problem.ts'
import { choiceColumn, dayColumn, textColumn, type Values } from './column.ts'
import { type About, type Candidate, importKind, type Judgement, problemOf, refused, unchanged } from './import-kind.ts'

const categoryWords: Readonly<Record<z.infer<typeof SupervisorCategory>, string>> = {
  government: '政府督学',
  school: '责任督学',
  invited: '特邀督学',
}
const employmentWords: Readonly<Record<z.infer<typeof Employment>, string>> = {
  'full-time': '专职',
  'part-time': '兼职',
}

const columns = {
  name: textColumn({ header: '姓名', required: true, hint: '100 字以内。', longest: 100, width: 14 }),
  category: choiceColumn({
    header: '类别',
    required: true,
    hint: '从下拉列表中选择。',
    words: categoryWords,
    width: 14,
  }),
  employment: choiceColumn({
    header: '专兼职',
    required: true,
    hint: '从下拉列表中选择。',
    words: employmentWords,
    width: 12,
  }),
  homeUnit: textColumn({ header: '所在单位', required: true, hint: '全称，100 字以内。', longest: 100, width: 28 }),
  field: textColumn({ header: '专业领域', required: true, hint: '如 学前教育、小学数学。', longest: 100, width: 16 }),
  phone: textColumn({
    header: '联系电话',
    required: true,
    hint: '手机或固定电话。姓名和电话都相同的视为同一个人，不会重复登记。',
    longest: 20,
    form: { pattern: /^\+?[0-9][0-9 -]{4,18}$/, words: '电话应为数字，可含空格和连字符' },
    asText: true,
    // Whoever looks at an import of a colleague sees its faults.
    show: maskPhone,
    width: 16,
  }),
  termFrom: dayColumn({ header: '任期开始', hint: '如 2026-09-01；只登记入库、暂不聘任的留空。' }),
  termTo: dayColumn({ header: '任期结束', hint: '留空则按规定年限计算；兼职督学不得超过规定年限。' }),
  decidedBy: textColumn({
    header: '聘任决定机关',
    hint: '填写任期的必填，如 区政府教育督导委员会。',
    longest: 100,
    width: 28,
  }),
  decidedOn: dayColumn({ header: '决定日期', hint: '填写任期的必填；督学证按这一年编号。' }),
}
type SupervisorRow = Values<typeof columns>

const pointers = { '/termFrom': 'termFrom', '/termTo': 'termTo' }

/**
 * 督学: who is not known by name and phone is registered and, when the row says so, appointed. Somebody known is given the
 * term of the row if it is new; what is registered of a person is not changed by a table.
 */
export const supervisorImport = importKind({
  name: 'supervisors',
  title: '督学',
  columns,
  titleOf: ({ name }) => name ?? '',
  sameOf: ({ name, phone }) => `${name} ${digitsOf(phone ?? '')}`,
  sameColumn: 'phone',
  judge: judgeSupervisors,
})

interface Known {
  readonly id: string
  readonly state: Exclude<Supervisor, { stage: 'unknown' }>
}

async function judgeSupervisors(candidates: readonly Candidate<SupervisorRow>[], about: About): Promise<Judgement[]> {
  const { registry, office, patience } = about
  if (candidates.length === 0) return []
  await awaitHead(registry.supervisorsView, registry.store, patience)
  const names = [...new Set(candidates.map(({ values }) => values.name ?? ''))]
  const namesakes = await findAll<SupervisorDocument>(registry.supervisorsView, SUPERVISORS, {
    where: { office, name: { in: names } },
  })
  // The view has no phone: who it is, only the stream of the person can tell.
  const known = await Promise.all(
    namesakes.map(async ({ supervisorId }): Promise<Known | undefined> => {
      const { state } = await registry.supervisors.load(office, supervisorId)
      return state.stage === 'unknown' ? undefined : { id: supervisorId, state }
    }),
  )
  const people = Map.groupBy(
    known.filter((one) => one !== undefined),
    ({ state }) => state.person.name,
  )
  return candidates.map((candidate) => judgeSupervisor(candidate, people.get(candidate.values.name ?? '') ?? [], about))
}

function judgeSupervisor(
  { row, texts, values }: Candidate<SupervisorRow>,
  namesakes: readonly Known[],
  about: About,
): Judgement {
  const person = personOf(values)
  const same = namesakes.find(({ state }) => digitsOf(state.person.phone) === digitsOf(person.phone))
  const problems: CellProblem[] = []
  const fault = (key: keyof typeof columns, what: Omit<CellProblem, 'row' | 'column' | 'value'>): void => {
    const place = Object.keys(columns).indexOf(key)
    problems.push({ row, column: columns[key].header, value: shown(texts[place] ?? ''), ...what })
  }
  const term = termOf(values)
  if (term === 'incomplete') {
    for (const key of ['termFrom', 'decidedBy', 'decidedOn'] as const) {
      if (values[key] === null) fault(key, faults.withTerm)
    }
  }
  if (same !== undefined) {
    const { category, employment, homeUnit, field } = same.state.person
    if (person.category !== category) fault('category', faults.differs(categoryWords[category]))
    if (person.employment !== employment) fault('employment', faults.differs(employmentWords[employment]))
    if (person.homeUnit !== homeUnit) fault('homeUnit', faults.differs(homeUnit))
    if (person.field !== field) fault('field', faults.differs(field))
  }
  if (problems.length > 0 || term === 'incomplete') return refused(problems)
  const decide = (state: Supervisor): SupervisorEvent[] => decideSupervisor(person, term, state)
  let events: readonly SupervisorEvent[]
  try {
    events = decide(same?.state ?? initialSupervisor)
  } catch (error) {
    return refused([problemOf(error, row, columns, pointers, texts)])
  }
  if (events.length === 0) return unchanged
  const { registry, office, fileHash } = about
  // Not from the phone: an id is known outside of the registry, and a number could be found by trying.
  const id = same?.id ?? deterministicId('imported-supervisor', office, fileHash, String(row))
  return {
    outcome: same === undefined ? 'new' : 'changed',
    changes: same === undefined || term === undefined ? [] : [`聘任：任期自 ${term.termFrom} 起`],
    note: same === undefined && namesakes.length > 0 ? '督学库中有同名督学，电话不同，将作为另一人登记' : null,
    problems: [],
    async carryOut(context) {
      await registry.supervisors.execute(id, context, { decide })
      if (term !== undefined) await certify(registry, { supervisorId: id, ...term }, context)
    },
  }
}

/** The decisions of the routes, one after the other: all of a row is stored, or nothing. */
export function decideSupervisor(
  person: SupervisorRegistered,
  term: AppointSupervisor | undefined,
  state: Supervisor,
): SupervisorEvent[] {
  const registered = state.stage === 'unknown' ? registerSupervisor(person) : []
  if (term === undefined) return registered
  if (state.stage === 'appointed') {
    const isHeld = ({ from, to }: { from: string; to: string }): boolean =>
      from === term.termFrom && (term.termTo === undefined || to === term.termTo)
    if (state.terms.some(isHeld)) return []
  }
  return [...registered, ...appointSupervisor(term, registered.reduce(evolveSupervisor, state))]
}

function personOf(values: SupervisorRow): SupervisorRegistered {
  const { name, category, employment, homeUnit, field, phone } = values
  if (name === null || category === null || employment === null || homeUnit === null || field === null) {
    throw new TypeError('a row without its required cells was to be judged')
  }
  return { name, category, employment, homeUnit, field, phone: phone ?? '' }
}

function termOf({
  termFrom,
  termTo,
  decidedBy,
  decidedOn,
}: SupervisorRow): AppointSupervisor | undefined | 'incomplete' {
  if (termFrom === null && termTo === null && decidedBy === null && decidedOn === null) return undefined
  if (termFrom === null || decidedBy === null || decidedOn === null) return 'incomplete'
  return { termFrom, decidedBy, decidedOn, ...(termTo === null ? {} : { termTo }) }
}

/** A number however it is written: without spaces, hyphens and the country's code. */
function digitsOf(phone: string): string {
  return phone.replaceAll(/\D/g, '').replace(/^0*86(?=1\d{10}$)/, '')
}
