import { type DemoSchool, demoSchools } from './demo-schools.ts'

/** The people and schools of the demo. All invented; every name says so with （演示）. */
export interface DemoOffice {
  readonly office: string
  readonly name: string
  readonly zones: readonly string[]
  readonly schools: readonly DemoSchool[]
  readonly supervisors: readonly string[]
  readonly bodies: readonly string[]
}

/** 专兼职督学 of an office: 1∶5 for its 63 schools makes thirteen, and one for the school with over 2,000 pupils. */
const SUPERVISORS = 14
const surnames =
  '周陈林何吴郑冯许杨罗邓向蒋沈韩曹秦尤吕施孔严金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐'
const givenNames = [
  ['明远', '知行', '若谷', '以宁', '思齐', '景行', '书和', '怀瑾', '守正', '文澜', '清源', '晚舟', '履安', '长风'],
  ['致远', '若水', '静思', '博文', '敏行', '乐山', '云帆', '子衿', '令仪', '允中', '望舒', '嘉树', '远志', '安澜'],
] as const

function office(
  id: string,
  name: string,
  place: number,
  words: readonly (readonly [string, string, string])[],
): DemoOffice {
  const ofCounty = (body: string): string => (name.endsWith('县') ? body.replace('区', '县') : body)
  return {
    office: id,
    name,
    zones: ['城区责任区', '东片责任区', '西片责任区', '南片责任区'],
    schools: demoSchools(words, place),
    supervisors: Array.from({ length: SUPERVISORS }, (_, index) => {
      const given = givenNames[place % 2]?.[(index + place * 3) % SUPERVISORS] ?? ''
      return `${surnames[place * SUPERVISORS + index] ?? ''}${given}（演示）`
    }),
    bodies: ['区教委', '区财政局', '区市场监管局', '区公安分局'].map(ofCounty),
  }
}

export const demoOffices: readonly DemoOffice[] = [
  office('yongchuan', '永川区', 0, [
    ['青禾', '云溪', '松岭'],
    ['东篱', '半山', '麦田'],
    ['竹影', '杏林', '望溪'],
    ['南浦', '荷塘', '梨园'],
  ]),
  office('qijiang', '綦江区', 1, [
    ['晨岭', '望江', '石桥'],
    ['古渡', '丹霞', '春晖'],
    ['翠屏岭', '白鹭', '桐花'],
    ['清溪口', '枫林', '月亮田'],
  ]),
  office('chengkou', '城口县', 2, [
    ['雪坪', '岚溪', '杉树'],
    ['高燕', '云杉', '鹿鸣'],
    ['巴山月', '花椒坪', '茶园'],
    ['红叶', '野樱', '石门'],
  ]),
  office('dadukou', '大渡口区', 3, [
    ['钢城里', '梧桐苑', '江湾里'],
    ['炉火', '百花里', '双塔'],
    ['步云', '橘子洲', '新港里'],
    ['南岸里', '锦绣里', '长堤'],
  ]),
]
