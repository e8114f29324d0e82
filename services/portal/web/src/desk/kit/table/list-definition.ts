import type { ReactNode } from 'react'
import type { AnswerOf, GetPath } from '../../../api/client.ts'

/** Paths that answer a list. */
export type ListPath = { [P in GetPath]: AnswerOf<P> extends { items: unknown[] } ? P : never }[GetPath]
export type RowOf<P extends ListPath> = AnswerOf<P> extends { items: (infer R)[] } ? R : never

export interface Column<Row> {
  readonly key: string
  readonly title: string
  /** What the cell shows; plain text is exported as it stands. */
  readonly render: (row: Row) => ReactNode
  /** What is exported when the cell shows more than text. */
  readonly text?: (row: Row) => string
  readonly width?: number | string
  readonly align?: 'left' | 'right' | 'center'
  /** Not shown until chosen. */
  readonly optional?: boolean
  /** Carries the link to the record. */
  readonly isTitle?: boolean
}

interface FilterBase {
  readonly key: string
  readonly label: string
  /** Seldom needed: shown on demand, or while it is in use. */
  readonly more?: boolean
}
interface Options {
  readonly options: readonly { value: string; label: string }[]
}

export type Filter = FilterBase &
  (
    | { readonly kind: 'search' | 'toggle' | 'day' | 'month' }
    | ({ readonly kind: 'select' } & Options)
    | { readonly kind: 'pick'; readonly render: (props: PickProps) => ReactNode }
  )

/** What a filter with its own control is given. */
export interface PickProps {
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
  readonly placeholder: string
}
