/** The people and schools of the demo. All invented; every name says so with （演示）. */
export interface DemoOffice {
  readonly office: string
  readonly name: string
  /** Before 小学, 中学, 幼儿园: a word no real school of the district bears. */
  readonly zones: readonly string[]
  readonly schools: readonly DemoSchool[]
  readonly supervisors: readonly string[]
  readonly bodies: readonly string[]
}

export interface DemoSchool {
  readonly name: string
  readonly kind: 'school' | 'kindergarten' | 'special' | 'vocational'
  readonly stage: 'preschool' | 'primary' | 'junior' | 'nine-year' | 'senior' | 'special' | 'vocational'
  readonly ownership: 'public' | 'private' | 'private-inclusive'
  readonly enrolment: number
  readonly zone: number
}

const shape = [
  ['第一小学', 'school', 'primary', 'public', 1_286, 0],
  ['第二小学', 'school', 'primary', 'public', 942, 0],
  ['实验小学', 'school', 'primary', 'public', 2_318, 0],
  ['初级中学', 'school', 'junior', 'public', 1_104, 0],
  ['高级中学', 'school', 'senior', 'public', 1_866, 0],
  ['外国语学校', 'school', 'nine-year', 'private', 1_520, 1],
  ['九年制学校', 'school', 'nine-year', 'public', 688, 1],
  ['镇中心小学', 'school', 'primary', 'public', 356, 1],
  ['镇初级中学', 'school', 'junior', 'public', 412, 1],
  ['村小学', 'school', 'primary', 'public', 83, 2],
  ['中心幼儿园', 'kindergarten', 'preschool', 'public', 318, 2],
  ['阳光幼儿园', 'kindergarten', 'preschool', 'private-inclusive', 176, 2],
  ['彩虹幼儿园', 'kindergarten', 'preschool', 'private', 142, 2],
  ['特殊教育学校', 'special', 'special', 'public', 64, 2],
] as const

function office(
  id: string,
  name: string,
  words: readonly [string, string, string],
  supervisors: readonly string[],
): DemoOffice {
  return {
    office: id,
    name,
    zones: [`城区责任区`, `东片责任区`, `西片责任区`],
    schools: shape.map(([suffix, kind, stage, ownership, enrolment, zone], index) => ({
      name: `${words[zone]}${suffix}（演示）`,
      kind,
      stage,
      ownership,
      // Each office a little different, so that no two boards show the same numbers.
      enrolment: enrolment + ((index * 37 + id.length * 53) % 90),
      zone,
    })),
    supervisors: supervisors.map((person) => `${person}（演示）`),
    bodies: ['区教委', '区财政局', '区市场监管局', '区公安分局'].map((body) =>
      name.endsWith('县') ? body.replace('区', '县') : body,
    ),
  }
}

export const demoOffices: readonly DemoOffice[] = [
  office('yongchuan', '永川区', ['青禾', '云溪', '松岭'], ['周明远', '陈知行', '林若谷', '何以宁']),
  office('qijiang', '綦江区', ['晨岭', '望江', '石桥'], ['吴思齐', '郑景行', '冯书和', '许怀瑾']),
  office('chengkou', '城口县', ['雪坪', '岚溪', '杉树'], ['杨守正', '罗文澜', '邓清源', '向晚舟']),
  office('dadukou', '大渡口区', ['钢城里', '梧桐苑', '江湾里'], ['蒋履安', '沈长风', '韩致远', '曹若水']),
]
