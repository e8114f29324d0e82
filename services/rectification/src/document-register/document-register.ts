import { type CommandContext, defineStream, type Streams } from '@dulian/event-sourcing'
import { type DocumentSeries, documentCodeAt, formatNumber } from '../rules/document-codes.ts'
import { takeNumber } from './decide.ts'
import { type DocumentRegisterEvent, documentRegisterEvents } from './events.ts'
import { type DocumentRegister, evolveDocumentRegister, initialDocumentRegister } from './state.ts'

/** 编号登记: one stream per office, series and year; a number is never given twice. */
export const documentRegisterStream = defineStream({
  category: 'documentRegister',
  events: documentRegisterEvents,
  initial: initialDocumentRegister,
  evolve: evolveDocumentRegister,
})

/** Takes numbers for documents. Asking again for the same purpose gives the same number. */
export interface NumberRegister {
  take(
    context: CommandContext,
    wanted: { readonly series: DocumentSeries; readonly day: string; readonly purpose: string },
  ): Promise<string>
}

export function numberRegister(streams: Streams<DocumentRegister, DocumentRegisterEvent>): NumberRegister {
  /** Takers of one register stand in line, so that a crowd does not wear out the retries of each. */
  const lines = new Map<string, Promise<unknown>>()
  return {
    async take(context, { series, day, purpose }) {
      const year = Number(day.slice(0, 4))
      const id = `${series}-${year}`
      const code = documentCodeAt(context.office, series, day)
      const line = `${context.office}:${id}`
      const turn = (lines.get(line) ?? Promise.resolve()).then(async () => {
        const { state } = await streams.execute(id, context, {
          decide: (register) =>
            takeNumber({ purpose, print: (number) => formatNumber(series, code, year, number) }, register),
        })
        return state.taken.get(purpose)?.printed
      })
      const settled = turn.catch(() => undefined)
      lines.set(line, settled)
      const printed = await turn.finally(() => {
        if (lines.get(line) === settled) lines.delete(line)
      })
      if (printed === undefined) throw new Error(`register ${id} kept no number for ${purpose}`)
      return printed
    },
  }
}
