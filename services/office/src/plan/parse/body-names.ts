import type { ParsedBody } from './parsed-plan.ts'
import type { Reading } from './reading.ts'

/** What a statement says of a name: who leads, who helps, or (responsible) one of several 责任单位 of equal standing. */
export type NamedBody = { name: string; role: 'lead' | 'cooperating' | 'responsible' }

const organisationEnd =
  /(?:局|委|办|室|院|部|会|中心|科|政府|学校|校|园|所|公司|单位|部门|街道|街|镇|乡|联|组|站|队|厅|处|股|团|企业|机构|社|区|县|市|专班|督学|办事处|成员|\)|妇联|残联|工会)$/
const leadVerb = /(?:总|负责)?牵头(?:负责|落实|实施|抓总|推进|组织实施)?$/
const helpVerb = /(?:积极|共同|协同|密切|按职责(?:分工)?)?(?:配合|协办|协助|参与)(?:落实|实施|做好)?$/
const dutyVerb = /(?:按照?(?:各自)?职责(?:分工)?|分工|共同|具体|分别)*(?:负责|落实|组织实施)$/
const roleSuffix = /\((牵头|主办|主责|负责|配合|协办|参与)\)$/
const andOthers = /等(?:相关|有关|区级|县级|市级)?(?:部门|单位|科室|成员单位|部门和单位|部门单位)?$/
const leadingWord = /^(?:由|以及|及|和|会同|并由|其中)/
const pairOfBodies =
  /^(.{1,40}(?:局|委|办|室|院|部|会|中心|科|政府|学校|园|所|公司|单位|部门|街道|镇|联))(?:和|及|以及|与|会同)((?:各|区|县|市|镇|乡|街道|有关|相关|其他).{1,40})$/

export function isOrganisationName(folded: string): boolean {
  return folded.length >= 2 && folded.length <= 40 && organisationEnd.test(folded)
}

type Part = { start: number; end: number }

/** Cuts a list of names at 、，； outside brackets: "各镇（街道）党（工）委" stays whole. */
function splitList(text: string, start: number, end: number): Part[] {
  const parts: Part[] = []
  let depth = 0
  let from = start
  for (let i = start; i < end; i++) {
    const char = text.charAt(i)
    if ('([〔【'.includes(char)) depth++
    else if (')]〕】'.includes(char)) {
      // A bracket that was opened outside the list ends it.
      if (depth === 0) {
        if (i > from) parts.push({ start: from, end: i })
        return parts
      }
      depth--
    } else if (depth === 0 && '、,;。'.includes(char)) {
      if (i > from) parts.push({ start: from, end: i })
      from = i + 1
    }
  }
  if (end > from) parts.push({ start: from, end })
  return parts
}

/** "各镇（街道）党（工）委、政府（办事处）" is one body of the two: the second half has no place of its own. */
function joinHalves(text: string, parts: Part[]): Part[] {
  const joined: Part[] = []
  for (const part of parts) {
    const before = joined.at(-1)
    const isHalf = /^(?:人民)?政府(?:\(|$)|^办事处(?:\(|$)|^管委会$/.test(text.slice(part.start, part.end))
    if (before !== undefined && isHalf && /委$|工委\)?$/.test(text.slice(before.start, before.end))) {
      before.end = part.end
    } else joined.push({ ...part })
  }
  return joined
}

/** A list without any 、 may be set apart by blanks alone. */
function splitByBlanks(reading: Reading, part: Part): Part[] {
  const parts: Part[] = []
  let from = part.start
  for (let i = part.start + 1; i < part.end; i++) {
    const apart = reading.sourceAt(i) - reading.sourceAt(i - 1) > 1 && reading.lineAt(i) === reading.lineAt(i - 1)
    if (!apart) continue
    parts.push({ start: from, end: i })
    from = i
  }
  parts.push({ start: from, end: part.end })
  const whole = parts.every(
    ({ start, end }) => end - start >= 3 && organisationEnd.test(reading.text.slice(start, end)),
  )
  return whole ? parts : [part]
}

/**
 * The bodies named between two positions, clean of white space. `role` is what the label before the list says; verbs
 * in the list ("A牵头，B、C配合") overrule it.
 */
export function readBodyNames(reading: Reading, start: number, end: number, role: NamedBody['role']): NamedBody[] {
  const { text } = reading
  let parts = joinHalves(text, splitList(text, start, end))
  const only = parts[0]
  if (parts.length === 1 && only !== undefined) parts = splitByBlanks(reading, only)
  const named: NamedBody[] = []
  /** Names read since the last verb: the verb behind the last of them holds for all. */
  let pending: NamedBody[] = []
  const say = (said: NamedBody['role'] | undefined) => {
    if (said !== undefined) for (const body of pending) body.role = said
    pending = []
  }
  for (const part of parts) {
    let { start: from, end: to } = part
    let said: NamedBody['role'] | undefined
    let ends = false
    const cut = (pattern: RegExp): boolean => {
      const match = pattern.exec(text.slice(from, to))
      if (match === null) return false
      to = from + match.index
      return true
    }
    const leading = leadingWord.exec(text.slice(from, to))
    if (leading !== null && to - from > leading[0].length + 1) from += leading[0].length
    const suffix = roleSuffix.exec(text.slice(from, to))
    let own: NamedBody['role'] | undefined
    if (suffix !== null) {
      own = /牵头|主/.test(suffix[1] ?? '') ? 'lead' : suffix[1] === '负责' ? 'responsible' : 'cooperating'
      to = from + suffix.index
    } else if (cut(leadVerb)) said = 'lead'
    else if (cut(helpVerb)) said = 'cooperating'
    else if (cut(dutyVerb)) ends = true
    cut(andOthers)
    cut(/[.:。]+$/)
    const folded = text.slice(from, to)
    const pair = pairOfBodies.exec(folded)
    const names: Part[] =
      pair === null
        ? [{ start: from, end: to }]
        : [
            { start: from, end: from + (pair[1] ?? '').length },
            { start: to - (pair[2] ?? '').length, end: to },
          ]
    for (const name of names) {
      if (name.end - name.start < 2 || name.end - name.start > 60) continue
      const body: NamedBody = { name: reading.dense(name.start, name.end), role: own ?? role }
      named.push(body)
      if (own === undefined) pending.push(body)
    }
    if (said !== undefined || ends) say(said)
  }
  return named
}

/**
 * Lead and cooperating bodies of one item. Where a plan names only equal 责任单位, the first-named one leads, as
 * offices read such lists.
 */
export function resolveBodies(named: readonly NamedBody[]): ParsedBody[] {
  const bodies = new Map<string, ParsedBody>()
  const hasLead = named.some((body) => body.role === 'lead')
  let leads = hasLead
  for (const { name, role } of named) {
    const resolved = role === 'lead' || (role === 'responsible' && !leads) ? 'lead' : 'cooperating'
    if (role === 'responsible') leads = true
    const known = bodies.get(name)
    if (known === undefined) bodies.set(name, { name, role: resolved })
    else if (resolved === 'lead') known.role = 'lead'
  }
  return [...bodies.values()]
}
