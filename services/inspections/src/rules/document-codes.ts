import { defineRule, ruleAt } from '@dulian/dated-rules'
import { documentNumber } from '@dulian/official-documents'

interface IssuingOffice {
  /** As letters are signed. */
  readonly name: string
  /** Short name in 机关代字. */
  readonly short: string
}

/** The offices as issuers of letters. */
const issuingOffices = defineRule<{ readonly offices: { readonly [office: string]: IssuingOffice } }>({
  id: 'issuing-offices',
  title: '发文机关与机关代字',
  versions: [
    {
      version: 1,
      effectiveFrom: '2012-10-01',
      source: '发文机关名称与机关代字以各督导室公文为准；缺省值由平台给出，督导室可改',
      confidence: 'medium',
      value: {
        offices: {
          yongchuan: { name: '永川区人民政府教育督导室', short: '永' },
          qijiang: { name: '綦江区人民政府教育督导室', short: '綦' },
          chengkou: { name: '城口县人民政府教育督导室', short: '城' },
          dadukou: { name: '大渡口区人民政府教育督导室', short: '渡' },
        },
      },
    },
  ],
})

export function issuingOfficeAt(office: string, day: string): IssuingOffice {
  return ruleAt(issuingOffices, day).value.offices[office] ?? { name: '人民政府教育督导室', short: '' }
}

/** 永教督通〔2026〕3号. */
export function bulletinNumber(office: string, day: string, number: number): string {
  return documentNumber(`${issuingOfficeAt(office, day).short}教督通`, Number(day.slice(0, 4)), number)
}
