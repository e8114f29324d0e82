import type { ChecklistItem } from '../checklist/checklist-item.ts'
import { itemsOf } from './listed-item.ts'

/** What every school is looked at for every month. Worded so that 是 means in order. */
const asked: readonly ChecklistItem[] = [
  ...itemsOf('“四个100%”', [
    {
      code: 'A01',
      title: '专职保安员按标准配备到位',
      prompt: '查看保安员在岗、证件与器械（“四个100%”之一）。',
      severity: 'serious',
    },
    {
      code: 'A02',
      title: '校园实行封闭化管理',
      prompt: '查看门岗登记、围墙与访客管理（“四个100%”之一）。',
      severity: 'serious',
    },
    {
      code: 'A03',
      title: '一键报警与视频监控达标且能正常使用',
      prompt: '现场测试一键报警，抽看监控录像（“四个100%”之一）。',
      severity: 'serious',
    },
    { code: 'A04', title: '护学岗设置到位', prompt: '查看上下学时段护学岗（“四个100%”之一）。', severity: 'serious' },
  ]),
  ...itemsOf('学校安全', [
    {
      code: 'A05',
      title: '消防通道畅通，消防设施完好',
      prompt: '查看楼梯间、疏散门、灭火器与应急照明。',
      severity: 'serious',
    },
    {
      code: 'A06',
      title: '食堂食品、饮水、宿舍卫生符合要求',
      prompt: '查看留样、陪餐、晨检与索证记录。',
      clause: '《中小学校责任督学挂牌督导办法》督导事项',
      severity: 'serious',
    },
  ]),
  ...itemsOf('身心健康', [
    { code: 'B01', title: '学生每天体育活动时间得到保证', prompt: '查看课表与大课间，询问学生。' },
    {
      code: 'B02',
      title: '心理健康教育与重点学生关爱措施落实',
      prompt: '查看心理辅导室使用与关爱台账（不抄录学生个人信息）。',
    },
  ]),
  ...itemsOf('思政课建设', [
    { code: 'C01', title: '思政课开齐开足，教师按要求配备', prompt: '查看课表、教师安排与教案。' },
  ]),
  ...itemsOf('“阴阳课表”', [
    {
      code: 'C02',
      title: '课表执行一致，没有“阴阳课表”',
      prompt: '对照公示课表随机听课。',
      negative: '公示课表与实际上课不一致',
      severity: 'serious',
    },
  ]),
  ...itemsOf('“双减”', [
    { code: 'D01', title: '作业总量与时长符合“双减”要求', prompt: '查看作业公示与批改，询问学生。' },
    { code: 'D02', title: '课后服务规范，没有借机收费或集体补课', prompt: '查看课后服务安排与收费公示。' },
  ]),
  ...itemsOf('教学常规管理', [{ code: 'E01', title: '教学常规管理有序', prompt: '查看备课、听课、教研记录。' }]),
  ...itemsOf('师德师风', [
    { code: 'E02', title: '师德师风建设落实，没有有偿补课等违规行为', prompt: '查看承诺书与投诉处理记录。' },
  ]),
]

/** As first asked: no answer needed a photo. */
export const monthlyItems = asked

/** Since the two timetables are asked for by name in the yearly plans: saying so of a school needs a photo of both. */
export const monthlyItemsWithProof: readonly ChecklistItem[] = asked.map((item) =>
  item.code === 'C02' ? { ...item, evidence: 'on-negative' } : item,
)

/** What single offices add by their own published plans; another office's list has its own. */
export const officeItems: { readonly [office: string]: readonly ChecklistItem[] } = {
  chengkou: [
    ...itemsOf('党建工作', [
      { code: 'F01', title: '学校党建工作按要求开展', prompt: '查看组织生活与“三重一大”记录。' },
    ]),
    ...itemsOf('安全稳定', [
      { code: 'F02', title: '安全稳定工作责任落实', prompt: '查看隐患台账与矛盾纠纷排查记录。' },
    ]),
  ],
  dadukou: [
    ...itemsOf('学校党建', [
      { code: 'F01', title: '学校党建工作按要求开展', prompt: '查看组织生活与“三重一大”记录。' },
    ]),
    ...itemsOf('科学研究', [{ code: 'F02', title: '教育科学研究有计划、有成果', prompt: '查看课题与教研成果。' }]),
    ...itemsOf('资源配置', [
      { code: 'F03', title: '资源配置满足教育教学需要', prompt: '查看功能室、设备与使用记录。' },
    ]),
    ...itemsOf('教育收费', [
      { code: 'F04', title: '教育收费规范并公示', prompt: '查看收费公示与票据。', severity: 'serious' },
    ]),
  ],
  qijiang: itemsOf('学校安全', [
    { code: 'F01', title: '安全隐患排查整改台账完整', prompt: '逐条核对上月隐患的整改情况。' },
  ]),
  yongchuan: itemsOf('台账落实', [
    { code: 'F01', title: '“逐校逐园”督导台账逐项更新', prompt: '逐条核对台账与现场。' },
  ]),
}

/** What a 幼儿园 is looked at for every month: 安全管理、规范办园、师德师风, and what its office adds. */
export const kindergartenItems: readonly ChecklistItem[] = [
  ...itemsOf('安全管理', [
    { code: 'K01', title: '专职保安员在岗，封闭管理落实', prompt: '查看门岗、接送卡与访客登记。', severity: 'serious' },
    { code: 'K02', title: '一键报警与视频监控能正常使用', prompt: '现场测试，抽看监控录像。', severity: 'serious' },
    { code: 'K03', title: '消防通道畅通，消防设施完好', prompt: '查看活动室、寝室的疏散通道。', severity: 'serious' },
    {
      code: 'K04',
      title: '食品、饮水安全与晨检、消毒制度落实',
      prompt: '查看留样、索证、晨检与消毒记录。',
      severity: 'serious',
    },
    { code: 'K05', title: '玩教具与户外设施安全', prompt: '逐件查看户外大型玩具的固定与磨损。' },
  ]),
  ...itemsOf('规范办园', [
    { code: 'K06', title: '没有“小学化”教学内容和方式', prompt: '随班看半日活动，查看幼儿作业与教材。' },
    { code: 'K07', title: '班额与教职工配备符合规定', prompt: '对照花名册清点班额、两教一保。' },
    { code: 'K08', title: '收费规范并公示', prompt: '查看收费公示与伙食费账目。' },
  ]),
  ...itemsOf('师德师风', [
    {
      code: 'K09',
      title: '教职工持证上岗，没有体罚或变相体罚',
      prompt: '查看证件，抽看监控，询问家长。',
      severity: 'serious',
    },
  ]),
]
