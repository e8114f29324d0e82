import { defineRule } from '@dulian/dated-rules'

/** When the month's self-checks of all schools begin and end. */
interface SelfCheckTerm {
  /** Opened by the clock at the month's beginning; the office can do it at any time. */
  readonly openedByClock: boolean
  /** Day of the month until which a school hands in. */
  readonly dueDay: number
}

/** 学校自查 of 经常性督导: once a month, before the zones sum up. */
export const selfCheckTerm = defineRule<SelfCheckTerm>({
  id: 'self-check-term',
  title: '经常性督导的学校自查期限',
  versions: [
    {
      version: 1,
      effectiveFrom: '2023-01-01',
      source:
        '各地经常性督导按“学校自查、责任督学督查、责任区汇总、督导室通报”每月开展；截止日由平台给出缺省值，督导室可改',
      confidence: 'medium',
      value: { openedByClock: true, dueDay: 25 },
    },
  ],
})

export interface SupervisionLevel {
  readonly level: 'county' | 'zone' | 'school'
  readonly title: string
  readonly answerable: string
  readonly duties: readonly string[]
}

/** 三级督导网络: who does what at each level. */
export const supervisionLevels = defineRule<{ readonly levels: readonly SupervisionLevel[] }>({
  id: 'supervision-levels',
  title: '三级督导检查体系的职责',
  versions: [
    {
      version: 1,
      effectiveFrom: '2023-01-01',
      source:
        '各区县教育督导工作要点“县级、片区、学校三级督导网络”；《教育督导条例》第三条、第五条；职责文字由平台给出，督导室可改',
      confidence: 'medium',
      value: {
        levels: [
          {
            level: 'county',
            title: '县级',
            answerable: '教育督导室',
            duties: [
              '统筹全域督导，确定每月督查内容',
              '确认督查发现的问题，下达整改决定并督办',
              '汇总各责任区情况，印发督导通报',
            ],
          },
          {
            level: 'zone',
            title: '片区',
            answerable: '督导责任区组长',
            duties: ['组织本责任区督学每月进校督查', '核实学校自查，确认或不采纳发现的问题', '按月提交责任区汇总'],
          },
          {
            level: 'school',
            title: '学校',
            answerable: '校长/园长与挂牌责任督学',
            duties: ['对照清单每月自查自纠，如实上报', '配合责任督学进校督查', '按期整改，报送印证材料'],
          },
        ],
      },
    },
  ],
})
