import type { ChecklistItem } from '../checklist/checklist-item.ts'
import { itemsOf } from './listed-item.ts'

/** The eight topics of 挂牌督导. */
export const postingItems: readonly ChecklistItem[] = [
  ...itemsOf('校务管理与制度执行', [
    { code: 'P01', title: '章程与管理制度健全并得到执行', prompt: '查看章程、会议记录与制度落实情况。' },
  ]),
  ...itemsOf('招生、收费与择校', [
    {
      code: 'P02',
      title: '招生、收费规范，没有违规择校',
      prompt: '查看招生台账、收费公示与票据。',
      severity: 'serious',
    },
  ]),
  ...itemsOf('课程开设与课堂教学', [
    { code: 'P03', title: '课程开齐开足，课堂教学有序', prompt: '对照课程方案查看课表，随机听课。' },
  ]),
  ...itemsOf('学习、体育锻炼与课业负担', [
    { code: 'P04', title: '课业负担适度，体育锻炼时间有保证', prompt: '查看作业公示、大课间与体育课。' },
  ]),
  ...itemsOf('师德与专业发展', [
    { code: 'P05', title: '师德建设与教师专业发展落实', prompt: '查看培训记录与投诉处理。' },
  ]),
  ...itemsOf('校园及周边安全', [
    {
      code: 'P06',
      title: '校园及周边安全、交通安全措施落实',
      prompt: '查看校门口秩序、安全台账与演练。',
      severity: 'serious',
    },
  ]),
  ...itemsOf('食堂、饮水与宿舍卫生', [
    {
      code: 'P07',
      title: '食堂、食品、饮水及宿舍卫生符合要求',
      prompt: '查看留样、索证与宿舍巡查。',
      severity: 'serious',
    },
  ]),
  ...itemsOf('校风、教风、学风', [
    { code: 'P08', title: '校风、教风、学风良好', prompt: '走访师生，查看课堂与活动。' },
  ]),
]

/** 开学专项督导 by its four groups; 除险固安 is asked for under 校园设施安全. */
export const openingItems: readonly ChecklistItem[] = [
  ...itemsOf('开学准备', [
    { code: 'O01', title: '教材、作业本等按时足量到校', prompt: '抽查两个班级，查看发放记录。' },
    { code: 'O02', title: '校园环境整治与卫生消杀完成', prompt: '实地查看教室、食堂、宿舍与厕所。' },
    { code: 'O03', title: '教职工按编制到岗，课表编排公示', prompt: '查看到岗登记与公示栏。' },
  ]),
  ...itemsOf('教学秩序', [
    { code: 'O04', title: '按校历开学上课，首周教学秩序正常', prompt: '随机听课，核对课表。' },
    { code: 'O05', title: '没有违规分班、提前开学或补课', prompt: '查看分班记录，询问学生。', severity: 'serious' },
  ]),
  ...itemsOf('心理健康', [
    { code: 'O06', title: '开学心理健康摸排与重点学生关爱落实', prompt: '查看摸排台账（不抄录学生个人信息）。' },
    { code: 'O07', title: '心理辅导室开放，“开学第一课”含心理健康内容', prompt: '查看开放安排与教案。' },
  ]),
  ...itemsOf('校园设施安全', [
    {
      code: 'O08',
      title: '校舍、围墙、边坡等隐患排查除险到位（除险固安）',
      prompt: '逐处核对隐患台账与现场，查看整治前后照片。',
      evidence: 'on-negative',
      severity: 'serious',
    },
    { code: 'O09', title: '消防、用电、用气设施检修完成', prompt: '查看检修记录，现场测试。', severity: 'serious' },
    { code: 'O10', title: '食堂设备与食材采购安全', prompt: '查看索证、留样与设备清洗。', severity: 'serious' },
    { code: 'O11', title: '校车与学生上下学交通安全措施落实', prompt: '查看校车台账与护学岗。', severity: 'serious' },
  ]),
]
