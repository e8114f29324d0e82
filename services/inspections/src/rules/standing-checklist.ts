import { defineRule, referenceTo, ruleAt } from '@dulian/dated-rules'
import { deterministicId } from '@dulian/event-sourcing'
import type { ChecklistEdition, ChecklistItem } from '../checklist/checklist-item.ts'

interface StandingList {
  readonly title: string
  readonly items: readonly ChecklistItem[]
}

function item(
  code: string,
  title: string,
  prompt: string,
  given: { readonly clause?: string; readonly severity?: ChecklistItem['severity'] } = {},
): ChecklistItem {
  return { code, title, prompt, clause: given.clause ?? null, severity: given.severity ?? 'ordinary' }
}

/** What every office looks at every month. Worded so that 是 means in order. */
const monthlyItems: readonly ChecklistItem[] = [
  item('A01', '专职保安员按标准配备到位', '查看保安员在岗、证件与器械（“四个100%”之一）。', { severity: 'serious' }),
  item('A02', '校园实行封闭化管理', '查看门岗登记、围墙与访客管理（“四个100%”之一）。', { severity: 'serious' }),
  item('A03', '一键报警与视频监控达标且能正常使用', '现场测试一键报警，抽看监控录像（“四个100%”之一）。', {
    severity: 'serious',
  }),
  item('A04', '护学岗设置到位', '查看上下学时段护学岗（“四个100%”之一）。', { severity: 'serious' }),
  item('A05', '消防通道畅通，消防设施完好', '查看楼梯间、疏散门、灭火器与应急照明。', { severity: 'serious' }),
  item('A06', '食堂食品、饮水、宿舍卫生符合要求', '查看留样、陪餐、晨检与索证记录。', {
    clause: '《中小学校责任督学挂牌督导办法》督导事项',
    severity: 'serious',
  }),
  item('B01', '学生每天体育活动时间得到保证', '查看课表与大课间，询问学生。'),
  item('B02', '心理健康教育与重点学生关爱措施落实', '查看心理辅导室使用与关爱台账（不抄录学生个人信息）。'),
  item('C01', '思政课开齐开足，教师按要求配备', '查看课表、教师安排与教案。'),
  item('C02', '课表执行一致，没有“阴阳课表”', '对照公示课表随机听课。', { severity: 'serious' }),
  item('D01', '作业总量与时长符合“双减”要求', '查看作业公示与批改，询问学生。'),
  item('D02', '课后服务规范，没有借机收费或集体补课', '查看课后服务安排与收费公示。'),
  item('E01', '教学常规管理有序', '查看备课、听课、教研记录。'),
  item('E02', '师德师风建设落实，没有有偿补课等违规行为', '查看承诺书与投诉处理记录。'),
]

/** What single offices add by their own published plans; another office's list has its own. */
const officeItems: { readonly [office: string]: readonly ChecklistItem[] } = {
  chengkou: [
    item('F01', '学校党建工作按要求开展', '查看组织生活与“三重一大”记录。'),
    item('F02', '安全稳定工作责任落实', '查看隐患台账与矛盾纠纷排查记录。'),
  ],
  dadukou: [
    item('F01', '学校党建工作按要求开展', '查看组织生活与“三重一大”记录。'),
    item('F02', '教育科学研究有计划、有成果', '查看课题与教研成果。'),
    item('F03', '资源配置满足教育教学需要', '查看功能室、设备与使用记录。'),
    item('F04', '教育收费规范并公示', '查看收费公示与票据。', { severity: 'serious' }),
  ],
  qijiang: [item('F01', '安全隐患排查整改台账完整', '逐条核对上月隐患的整改情况。')],
  yongchuan: [item('F01', '“逐校逐园”督导台账逐项更新', '逐条核对台账与现场。')],
}

const standingList = defineRule<StandingList>({
  id: 'standing-monthly-checklist',
  title: '每月进校督查的通用条目',
  versions: [
    {
      version: 1,
      effectiveFrom: '2023-01-01',
      source: '各区县公开的教育督导工作要点（每月进校园摸排、经常性督导内容）与挂牌督导事项',
      confidence: 'medium',
      value: { title: '责任督学每月进校督查清单', items: monthlyItems },
    },
  ],
})

/** The list an office uses when it has published none of its own: the common items and the office's own topics. */
export function standingChecklistAt(office: string, day: string): ChecklistEdition {
  const rule = ruleAt(standingList, day)
  return {
    checklistId: deterministicId('standing-checklist', office),
    edition: rule.version,
    title: rule.value.title,
    items: [...rule.value.items, ...(officeItems[office] ?? [])],
    rule: referenceTo(rule),
  }
}
