import { defineRule } from '@dulian/dated-rules'

/** How many 督学 a 综合督导 or 专项督导 needs at least. */
export const inspectionTeam = defineRule({
  id: 'inspection-team',
  title: '督导小组的督学人数',
  versions: [
    {
      version: 1,
      effectiveFrom: '2012-10-01',
      source: '《教育督导条例》第十六条：实施专项督导或者综合督导，督导小组由3名以上督学组成',
      confidence: 'high',
      value: { minimum: 3 },
    },
  ],
})
