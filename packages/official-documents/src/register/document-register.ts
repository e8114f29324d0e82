import { type CommandContext, defineStream, type Streams } from '@dulian/event-sourcing'
import { takeNumber, voidNumber } from './decide.ts'
import { type DocumentRegisterEvent, documentRegisterEvents } from './events.ts'
import { type DocumentRegister, evolveDocumentRegister, initialDocumentRegister } from './state.ts'

/** 编号登记: one stream per office, series and year; a number is never given twice. */
export const documentRegisterStream = defineStream({
  category: 'documentRegister',
  events: documentRegisterEvents,
  initial: initialDocumentRegister,
  evolve: evolveDocumentRegister,
})

export type DocumentRegisterStreams = Streams<DocumentRegister, DocumentRegisterEvent>

/** Which register of an office: a series of documents in one year. */
export interface RegisterKey {
  readonly series: string
  readonly year: number
}

/** Takes numbers for documents. Asking again for the same purpose gives the same number. */
export interface NumberedRegister {
  take(
    context: CommandContext,
    wanted: RegisterKey & {
      readonly purpose: string
      readonly print: (number: number) => string
      readonly number?: number
    },
  ): Promise<string>
  /** The number that would be given now; somebody else may take it first. */
  next(office: string, key: RegisterKey): Promise<number>
  /** Throws `NUMBER_NOT_TAKEN`, `NUMBER_VOID_REASON_MISSING`. */
  void(
    context: CommandContext,
    given: RegisterKey & { readonly number: number; readonly reason: string },
  ): Promise<{ readonly position: string }>
}

export function numberedRegister(streams: DocumentRegisterStreams): NumberedRegister {
  /** Takers of one register stand in line, so that a crowd does not wear out the retries of each. */
  const lines = new Map<string, Promise<unknown>>()
  return {
    async take(context, { series, year, purpose, print, number }) {
      const id = `${series}-${year}`
      const line = `${context.office}:${id}`
      const turn = (lines.get(line) ?? Promise.resolve()).then(async () => {
        const { state } = await streams.execute(id, context, {
          decide: (register) => takeNumber({ purpose, print, ...(number === undefined ? {} : { number }) }, register),
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
    async next(office, { series, year }) {
      return (await streams.load(office, `${series}-${year}`)).state.last + 1
    },
    async void(context, { series, year, number, reason }) {
      return await streams.execute(`${series}-${year}`, context, {
        decide: (register) => voidNumber({ number, reason, year }, register),
      })
    },
  }
}
