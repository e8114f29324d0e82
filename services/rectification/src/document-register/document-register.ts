import type { CommandContext } from '@dulian/event-sourcing'
import { type DocumentRegisterStreams, numberedRegister } from '@dulian/official-documents'
import { type DocumentSeries, documentCodeAt, formatNumber } from '../rules/document-codes.ts'

/** 编号登记 of this service's series, each number printed with the office's 机关代字 of its day. */
export interface NumberRegister {
  take(
    context: CommandContext,
    wanted: { readonly series: DocumentSeries; readonly day: string; readonly purpose: string },
  ): Promise<string>
}

export function numberRegister(streams: DocumentRegisterStreams): NumberRegister {
  const register = numberedRegister(streams)
  return {
    async take(context, { series, day, purpose }) {
      const year = Number(day.slice(0, 4))
      const code = documentCodeAt(context.office, series, day)
      return await register.take(context, {
        series,
        year,
        purpose,
        print: (number) => formatNumber(series, code, year, number),
      })
    },
  }
}
