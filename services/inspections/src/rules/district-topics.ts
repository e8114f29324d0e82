import type { ChecklistItem } from '../checklist/checklist-item.ts'
import { itemsOf } from './listed-item.ts'

export const qijiangTopics: readonly ChecklistItem[] = [
  ...itemsOf('学校安全', [
    { code: 'T01', title: '安全责任制与隐患排查台账落实', prompt: '逐条核对上月隐患的整改情况。', severity: 'serious' },
    { code: 'T02', title: '食堂与校园周边安全管理到位', prompt: '查看食堂、校门口与周边。', severity: 'serious' },
  ]),
  ...itemsOf('身心健康', [
    { code: 'T03', title: '体育锻炼时间和近视防控措施落实', prompt: '查看大课间与视力监测安排。' },
    { code: 'T04', title: '心理健康教育与关爱措施落实', prompt: '查看辅导室使用记录。' },
  ]),
  ...itemsOf('思政课建设', [
    { code: 'T05', title: '思政课开齐开足，专职教师配备到位', prompt: '查看课表与教师安排。' },
  ]),
  ...itemsOf('“阴阳课表”', [
    {
      code: 'T06',
      title: '课表执行一致，没有“阴阳课表”',
      prompt: '对照公示课表随机听课。',
      negative: '公示课表与实际上课不一致',
      evidence: 'on-negative',
      severity: 'serious',
    },
  ]),
  ...itemsOf('“四个100%”', [
    {
      code: 'T07',
      title: '保安员、封闭管理、一键报警与监控、护学岗均为100%',
      prompt: '逐项现场查验。',
      severity: 'serious',
    },
  ]),
  ...itemsOf('“双减”', [
    { code: 'T08', title: '作业与课后服务符合“双减”要求', prompt: '查看作业公示与课后服务安排。' },
  ]),
]

export const yongchuanTopics: readonly ChecklistItem[] = [
  ...itemsOf('“双减”', [
    { code: 'T01', title: '作业管理与课后服务符合“双减”要求', prompt: '查看作业公示、课后服务安排。' },
    { code: 'T02', title: '“双减”督导长效机制在学校落实', prompt: '查看学校自查与整改记录。' },
  ]),
  ...itemsOf('校园食品安全', [
    { code: 'T03', title: '食堂管理与食材采购规范', prompt: '查看索证、留样、陪餐与公示。', severity: 'serious' },
  ]),
  ...itemsOf('校园安全', [
    { code: 'T04', title: '校园安全与除险固安措施落实', prompt: '核对隐患台账与现场。', severity: 'serious' },
  ]),
  ...itemsOf('校服', [{ code: 'T05', title: '校服采购规范，坚持自愿', prompt: '查看采购程序、质检报告与家长意见。' }]),
  ...itemsOf('教辅材料', [{ code: 'T06', title: '教辅材料一科一辅、自愿购买', prompt: '查看征订记录，询问学生。' }]),
  ...itemsOf('台账落实', [{ code: 'T07', title: '“逐校逐园”督导台账逐项更新', prompt: '逐条核对台账与现场。' }]),
]

export const chengkouTopics: readonly ChecklistItem[] = [
  ...itemsOf('教学常规管理', [
    { code: 'T01', title: '备课、上课、作业、辅导常规落实', prompt: '查看教案、作业批改与教研记录。' },
    { code: 'T02', title: '课程开齐开足', prompt: '对照课程方案查看课表。' },
  ]),
  ...itemsOf('党建工作', [
    { code: 'T03', title: '学校党组织按要求开展工作', prompt: '查看组织生活与“三重一大”记录。' },
  ]),
  ...itemsOf('师德师风', [
    { code: 'T04', title: '师德师风建设落实，没有有偿补课等行为', prompt: '查看承诺书与投诉处理。' },
  ]),
  ...itemsOf('安全稳定', [
    {
      code: 'T05',
      title: '安全稳定责任落实，矛盾纠纷及时化解',
      prompt: '查看隐患台账与排查记录。',
      severity: 'serious',
    },
  ]),
]

export const dadukouTopics: readonly ChecklistItem[] = [
  ...itemsOf('学校党建', [
    { code: 'T01', title: '党组织领导的校长负责制落实', prompt: '查看组织生活与“三重一大”记录。' },
  ]),
  ...itemsOf('教育教学', [
    { code: 'T02', title: '教育教学管理规范，课程开齐开足', prompt: '查看课表、教案与听课记录。' },
  ]),
  ...itemsOf('科学研究', [{ code: 'T03', title: '教育科学研究有计划、有成果', prompt: '查看课题与教研成果。' }]),
  ...itemsOf('师德师风', [
    { code: 'T04', title: '师德师风建设落实，没有有偿补课等行为', prompt: '查看承诺书与投诉处理。' },
  ]),
  ...itemsOf('资源配置', [
    { code: 'T05', title: '师资、功能室与设备满足教育教学需要', prompt: '查看配置表与使用记录。' },
  ]),
  ...itemsOf('教育收费', [
    { code: 'T06', title: '教育收费规范并公示', prompt: '查看收费公示与票据。', severity: 'serious' },
  ]),
  ...itemsOf('安全稳定', [
    { code: 'T07', title: '安全稳定责任落实', prompt: '查看隐患台账与矛盾纠纷排查记录。', severity: 'serious' },
  ]),
]
