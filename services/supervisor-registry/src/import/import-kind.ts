import type { CommandContext } from '@dulian/event-sourcing'
import { isDomainError } from '@dulian/event-sourcing'
import type { ReadSheet } from '@dulian/spreadsheets'
import type { Registry } from '../registry.ts'
import { type CellProblem, faults, shown } from './cell-problem.ts'
import type { Columns, Values } from './column.ts'
import { readTable } from './read-table.ts'

export const importKinds = ['schools', 'supervisors'] as const
export type ImportKindName = (typeof importKinds)[number]

/** `unchanged`: the registry says the same already · `refused`: its problems say why. */
export type Outcome = 'new' | 'changed' | 'unchanged' | 'refused'

export interface JudgedRow {
  readonly row: number
  /** Name of the school or person, as far as it could be read. */
  readonly title: string
  readonly outcome: Outcome
  /** What would change, in words. */
  readonly changes: readonly string[]
  /** Something to look at that stops nothing. */
  readonly note: string | null
  readonly problems: readonly CellProblem[]
  readonly texts: readonly string[]
  /** Does it, through the streams that the routes use; only of what is new or changed. */
  readonly carryOut?: (context: CommandContext) => Promise<void>
}

/** Everything rows are judged against. */
export interface About {
  readonly registry: Registry
  readonly office: string
  /** Today in China. */
  readonly on: string
  readonly fileName: string
  readonly fileHash: string
  /** Milliseconds to wait until a view has seen everything stored. */
  readonly patience: number
  /** Zone → schools that rows judged before would bring into it, as long as they are not carried out. */
  readonly planned: Map<string, number>
  /** The office's zones: name → id. */
  readonly zones: ReadonlyMap<string, string>
}

/** A file read as a table of one kind. */
export interface Table {
  readonly kind: ImportKindName
  readonly sheet: string
  readonly headers: readonly string[]
  readonly ignored: readonly string[]
  readonly length: number
  /** What must be taken turns for while these rows are judged and carried out; see `InTurn`. */
  turns(from: number, count: number, about: Pick<About, 'office' | 'zones'>): readonly string[]
  judge(from: number, count: number, about: About): Promise<readonly JudgedRow[]>
}

export interface ImportKind {
  readonly name: ImportKindName
  readonly title: string
  /** In the order of the template. */
  columns(): Columns
  read(sheets: readonly ReadSheet[]): Promise<Table>
}

export interface Candidate<V> {
  readonly row: number
  readonly texts: readonly string[]
  readonly values: V
}

export type Judgement = Omit<JudgedRow, 'row' | 'texts' | 'title'>

/** A kind of import from its columns and its judgement; the reading, and what is the same for all kinds, is done here. */
export function importKind<C extends Columns>(definition: {
  readonly name: ImportKindName
  readonly title: string
  readonly columns: C
  readonly titleOf: (values: Values<C>) => string
  /** What no two rows may share, and in which column it shows. */
  readonly sameOf: (values: Values<C>) => string
  readonly sameColumn: keyof C
  readonly turnsOf?: (values: Values<C>, about: Pick<About, 'office' | 'zones'>) => string | undefined
  /** One judgement per candidate, in their order. */
  readonly judge: (candidates: readonly Candidate<Values<C>>[], about: About) => Promise<readonly Judgement[]>
}): ImportKind {
  const { name, title, columns } = definition
  const headers = Object.values(columns).map(({ header }) => header)
  const titlePlace = Object.keys(columns).indexOf('name')
  return {
    name,
    title,
    columns: () => columns,
    async read(sheets) {
      const { sheet, rows, ignored } = await readTable(sheets, columns)
      const first = new Map<string, number>()
      const repeats = new Map<number, number>()
      for (const { row, values } of rows) {
        if (values === null) continue
        const same = definition.sameOf(values)
        const before = first.get(same)
        if (before === undefined) first.set(same, row)
        else repeats.set(row, before)
      }
      return {
        kind: name,
        sheet,
        headers,
        ignored,
        length: rows.length,
        turns(from, count, about) {
          const keys = rows
            .slice(from, from + count)
            .flatMap(({ values }) => (values === null ? [] : [definition.turnsOf?.(values, about)]))
          return [...new Set(keys)].filter((key) => key !== undefined).sort()
        },
        async judge(from, count, about) {
          const some = rows.slice(from, from + count)
          const candidates = some.flatMap(({ row, texts, values }) =>
            values === null || repeats.has(row) ? [] : [{ row, texts, values }],
          )
          const judgements = await definition.judge(candidates, about)
          const judged = new Map(candidates.map(({ row }, place) => [row, judgements[place]]))
          return some.map(({ row, texts, values, problems }): JudgedRow => {
            const named = values === null ? (texts[titlePlace] ?? '') : definition.titleOf(values)
            const judgement = judged.get(row)
            if (judgement !== undefined) return { row, texts, title: shown(named), ...judgement }
            const before = repeats.get(row)
            const column = columns[definition.sameColumn]?.header ?? null
            const repeat =
              before === undefined
                ? []
                : [{ row, column, value: shown(named), ...faults.repeated(before) } satisfies CellProblem]
            return { row, texts, title: shown(named), ...refused([...problems, ...repeat]) }
          })
        },
      }
    },
  }
}

export function refused(problems: readonly CellProblem[]): Judgement {
  return { outcome: 'refused', changes: [], note: null, problems }
}

export const unchanged: Judgement = { outcome: 'unchanged', changes: [], note: null, problems: [] }

/** The domain's refusal as a problem of the row: at the column its pointer leads to. Throws what is no refusal. */
export function problemOf(
  error: unknown,
  row: number,
  columns: Columns,
  pointers: Readonly<Record<string, string>>,
  texts: readonly string[],
): CellProblem {
  if (!isDomainError(error) || error.kind === 'unavailable') throw error
  const key = error.pointer === undefined ? undefined : pointers[error.pointer]
  const place = key === undefined ? -1 : Object.keys(columns).indexOf(key)
  return {
    row,
    column: key === undefined ? null : (columns[key]?.header ?? null),
    value: shown(texts[place] ?? ''),
    code: error.code,
    reason: error.title,
    advice: error.detail,
  }
}
