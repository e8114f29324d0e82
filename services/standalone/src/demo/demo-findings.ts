/** What a supervisor might write down, by the item of the list, and what the office then demands. All invented. */
export interface DemoFinding {
  readonly code: string
  readonly note: string
  readonly demand: string
}

/** By the monthly list of schools. */
export const schoolFindings: readonly DemoFinding[] = [
  { code: 'A05', note: '教学楼东侧楼梯间堆放旧课桌，影响疏散通道畅通。', demand: '清空疏散通道，建立每周巡查记录。' },
  {
    code: 'A06',
    note: '食堂留样盒标签未写明时间，当日留样缺一个品种。',
    demand: '补齐留样制度，标签写明品名、时间和经手人。',
  },
  { code: 'A03', note: '校门口一键报警装置测试无响应。', demand: '维修报警装置，并与派出所完成联动测试。' },
  {
    code: 'C02',
    note: '三年级教室张贴的课表与公示课表不一致，体育课少排一节。',
    demand: '按课程方案开齐开足课程，全校只用一张课表。',
  },
  { code: 'D02', note: '课后服务自愿报名表缺少部分家长签名。', demand: '重新征询意见，坚持自愿原则，材料存档备查。' },
  { code: 'A01', note: '夜间值守仅一名保安员，与配备要求不符。', demand: '按标准配齐专职保安员，报送值班安排。' },
  {
    code: 'B01',
    note: '雨天大课间没有替代安排，当天体育活动时间不足。',
    demand: '制定雨天室内锻炼方案，保证每天活动时间。',
  },
  { code: 'B02', note: '心理辅导室本学期开放记录不足，预约方式未公示。', demand: '排定并公示开放时间，做好辅导记录。' },
  { code: 'A04', note: '下午放学时段护学岗缺一人。', demand: '落实护学岗轮值表，保证上下学时段在岗。' },
  { code: 'D01', note: '五年级作业公示栏连续两周没有更新。', demand: '坚持作业公示，年级组每周检查。' },
  { code: 'A02', note: '来访登记不完整，两名访客没有离校时间。', demand: '规范门岗登记，每日由值班领导签字确认。' },
  { code: 'E01', note: '教研组听课记录本学期缺四次。', demand: '补齐教研活动，教务处按月检查。' },
  { code: 'C01', note: '八年级思政课一节被其他学科占用。', demand: '补上所缺课时，严禁挤占思政课。' },
]

/** By the monthly list of kindergartens. */
export const kindergartenFindings: readonly DemoFinding[] = [
  { code: 'K05', note: '户外滑梯一处螺栓松动，未贴停用标识。', demand: '停用检修，逐件排查大型玩具并留存记录。' },
  { code: 'K04', note: '晨检记录缺两天，消毒记录没有签名。', demand: '补齐晨检和消毒制度，每日由保健医签名。' },
  { code: 'K06', note: '大班墙面张贴拼音和算式练习。', demand: '清理“小学化”环境，组织教师学习课程指南。' },
  { code: 'K03', note: '寝室后门被床位挡住，疏散不畅。', demand: '调整床位，保证两个出口畅通。' },
  { code: 'K07', note: '中班班额超出规定4人。', demand: '制定分班计划，下学期起按规定班额编班。' },
  { code: 'K08', note: '伙食费账目没有按月公示。', demand: '按月公示伙食费收支，接受家长监督。' },
]

/** By the list of 开学专项督导. */
export const openingFindings: readonly DemoFinding[] = [
  { code: 'O08', note: '操场东侧围墙有裂缝，只拉了警戒线。', demand: '请专业单位鉴定，限期加固，期间封闭该区域。' },
  { code: 'O03', note: '新学期课表没有公示。', demand: '公示全校课表并按课表上课。' },
  { code: 'O09', note: '两层楼的应急照明不亮。', demand: '更换应急照明，形成月度检修记录。' },
  { code: 'O01', note: '两个年级的作业本没有到齐。', demand: '与供应方落实到货时间，先行调剂使用。' },
]

/** By the eight topics of 挂牌督导, which 综合督导 goes by. */
export const comprehensiveFindings: readonly DemoFinding[] = [
  { code: 'P01', note: '章程修订后没有报备，个别制度与现行规定不符。', demand: '修订并报备章程，清理校内制度。' },
  { code: 'P05', note: '教师校本培训计划没有落实到人。', demand: '制定分层培训计划，按月检查落实。' },
]

const everything = [...schoolFindings, ...kindergartenFindings, ...openingFindings, ...comprehensiveFindings]

/** What the office demands when it reads that note. */
export function demandOn(note: string): string {
  return everything.find((finding) => finding.note === note)?.demand ?? '限期整改，并报送印证材料。'
}
