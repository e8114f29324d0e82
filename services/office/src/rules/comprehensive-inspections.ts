import { defineRule } from '@dulian/dated-rules'

/** How many 综合督导 a year must have. */
export const comprehensiveInspections = defineRule({
  id: 'comprehensive-inspections-per-year',
  title: '每年组织综合督导的次数',
  versions: [
    {
      version: 1,
      effectiveFrom: '2021-09-28',
      source: '区政府教育督导委员会每年组织一次综合督导（大渡口委办发〔2021〕10号，二）',
      confidence: 'high',
      value: { perYear: 1 },
    },
  ],
})
