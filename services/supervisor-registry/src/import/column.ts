import { InputDay } from '@dulian/calendar'
import type { ReadCell } from '@dulian/spreadsheets'
import { type Fault, faults } from './cell-problem.ts'

/** One column of an import table; template, check and run all read from the same definition. */
export interface Column<T> {
  readonly header: string
  readonly isRequired: boolean
  /** Shown beside the cell in the template. */
  readonly hint: string
  /** Characters of half a Chinese one. */
  readonly width?: number
  /** Kept as typed by the spreadsheet: codes and numbers that are no figures. */
  readonly asText?: boolean
  /** Offered as a drop-down. */
  readonly choices?: readonly string[]
  /** How a refused cell is repeated to people; as it is when absent. */
  readonly show?: (text: string) => string
  /** Of a cell that is neither empty nor a formula. */
  read(cell: ReadCell): { readonly value: T } | { readonly fault: Fault }
}

export type Columns = { readonly [key: string]: Column<unknown> }

/** What a row holds; null where the cell is empty. */
export type Values<C extends Columns> = { readonly [K in keyof C]: (C[K] extends Column<infer T> ? T : never) | null }

interface Basics {
  readonly header: string
  readonly required?: true
  readonly hint: string
  readonly width?: number
}

function basics({ header, required, hint, width }: Basics) {
  const isRequired = required === true
  const told = `${isRequired ? '必填。' : '选填。'}${hint}`
  return { header, isRequired, hint: told, ...(width === undefined ? {} : { width }) }
}

export function textColumn(
  given: Basics & {
    readonly longest: number
    /** What it must look like, and how that is said. */
    readonly form?: { readonly pattern: RegExp; readonly words: string }
    readonly asText?: true
    readonly show?: (text: string) => string
  },
): Column<string> {
  return {
    ...basics(given),
    ...(given.show === undefined ? {} : { show: given.show }),
    ...(given.asText === true ? { asText: true } : {}),
    read(cell) {
      if (cell.kind === 'boolean') return { fault: faults.notText }
      if (given.asText === true && cell.kind === 'number' && /^\d{16,}$/.test(cell.text)) {
        return { fault: faults.digitsLost }
      }
      const value = cell.text.toWellFormed()
      if (value.length > given.longest) return { fault: faults.tooLong(given.longest) }
      if (given.form !== undefined && !given.form.pattern.test(value)) {
        return { fault: faults.malformed(given.form.words) }
      }
      return { value }
    },
  }
}

/** A coded value by the words of the office. */
export function choiceColumn<T extends string>(
  given: Basics & { readonly words: Readonly<Record<T, string>> },
): Column<T> {
  const choices: string[] = Object.values(given.words)
  const codes = new Map(Object.entries(given.words).map(([code, word]) => [word, code as T]))
  return {
    ...basics(given),
    choices,
    read(cell) {
      const value = codes.get(cell.text)
      return value === undefined ? { fault: faults.notOneOf(choices) } : { value }
    },
  }
}

export function countColumn(given: Basics & { readonly most: number }): Column<number> {
  return {
    ...basics(given),
    read({ text }) {
      const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
      return Number.isInteger(value) && value <= given.most ? { value } : { fault: faults.notACount(given.most) }
    },
  }
}

/** A calendar day; a date cell, or a text as people write days. */
export function dayColumn(given: Basics): Column<string> {
  return {
    ...basics(given),
    width: given.width ?? 14,
    read(cell) {
      const parts = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(cell.text)
      const [, year = '', month = '', day = ''] = parts ?? []
      const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
      return InputDay.safeParse(written).success ? { value: written } : { fault: faults.notADay }
    },
  }
}
