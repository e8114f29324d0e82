import { defineRule, ruleAt } from '@dulian/dated-rules'
import { documentNumber } from '@dulian/official-documents'

/** The number series this service keeps, one per office and year. */
export const documentSeries = ['problem', 'decision', 'urging-notice'] as const
export type DocumentSeries = (typeof documentSeries)[number]

/** Office → its short name in 机关代字. */
interface OfficeCodes {
  readonly offices: { readonly [office: string]: string }
}

const documentCodes = defineRule<OfficeCodes>({
  id: 'document-codes',
  title: '机关代字',
  versions: [
    {
      version: 1,
      effectiveFrom: '2012-10-01',
      source: '机关代字以各督导室公文为准；缺省值由平台给出，督导室可改',
      confidence: 'medium',
      value: { offices: { yongchuan: '永', qijiang: '綦', chengkou: '城', dadukou: '渡' } },
    },
  ],
})

/** What stands before the year in a number of this series: 永、永教督决、永教督办. */
export function documentCodeAt(office: string, series: DocumentSeries, day: string): string {
  const short = ruleAt(documentCodes, day).value.offices[office] ?? ''
  switch (series) {
    case 'problem':
      return short || office
    case 'decision':
      return `${short}教督决`
    case 'urging-notice':
      return `${short}教督办`
    default: {
      const unknown: never = series
      return unknown
    }
  }
}

/** 永-2026-0012 for a problem, 永教督办〔2026〕3号 for a letter. */
export function formatNumber(series: DocumentSeries, code: string, year: number, number: number): string {
  if (series === 'problem') return `${code}-${year}-${String(number).padStart(4, '0')}`
  return documentNumber(code, year, number)
}

interface OfficeNames {
  readonly offices: { readonly [office: string]: string }
}

const officeNames = defineRule<OfficeNames>({
  id: 'office-names',
  title: '发文机关名称',
  versions: [
    {
      version: 1,
      effectiveFrom: '2012-10-01',
      source: '发文机关名称以各督导室印章为准；缺省值由平台给出，督导室可改',
      confidence: 'medium',
      value: {
        offices: {
          yongchuan: '永川区人民政府教育督导室',
          qijiang: '綦江区人民政府教育督导室',
          chengkou: '城口县人民政府教育督导室',
          dadukou: '大渡口区人民政府教育督导室',
        },
      },
    },
  ],
})

/** Who issues a letter of an office, as it signs. */
export function officeNameAt(office: string, day: string): string {
  return ruleAt(officeNames, day).value.offices[office] ?? '人民政府教育督导室'
}
