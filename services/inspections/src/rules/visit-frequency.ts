import { defineRule } from '@dulian/dated-rules'

/** How often which kinds of school must be visited at least; 校外培训机构 have no monthly visit. */
export const visitFrequency = defineRule({
  id: 'visit-frequency',
  title: '责任督学进校督导的次数',
  versions: [
    {
      version: 1,
      effectiveFrom: '2013-09-17',
      source: '《中小学校责任督学挂牌督导办法》：每月不少于1次；《幼儿园责任督学挂牌督导办法》教督〔2019〕3号',
      confidence: 'high',
      value: { perMonth: 1, kinds: ['school', 'kindergarten', 'special', 'vocational'] },
    },
  ],
})
