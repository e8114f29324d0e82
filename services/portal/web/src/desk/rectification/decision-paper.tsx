import { useMe } from '../../app/app-context.tsx'
import { day, today } from '../../words/format.ts'
import './problem.css'

export interface PaperItem {
  readonly key: string
  readonly schoolName: string
  readonly title: string
  readonly demand: string
  readonly dueOn: string | undefined
}

interface DecisionPaperProps {
  readonly documentNumber: string | undefined
  readonly issuedOn: string | undefined
  readonly form: 'writing' | 'meeting'
  readonly meeting: string | undefined
  readonly note: string | undefined
  readonly items: readonly PaperItem[]
}

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/** The decision as it will read on paper. */
export function DecisionPaper({ documentNumber, issuedOn, form, meeting, note, items }: DecisionPaperProps) {
  const me = useMe()
  const schools = [...new Set(items.map((item) => item.schoolName))]
  return (
    <article className="paper" aria-label="整改决定预览">
      <div className="paper-head">{me.officeName}文件</div>
      <div className="paper-number">{documentNumber ?? '文号在下达时自动取得'}</div>
      <h2>关于限期整改督导发现问题的决定</h2>
      <p style={{ textIndent: 0 }}>{schools.length === 0 ? '（学校）' : schools.join('、')}：</p>
      <p>
        {form === 'meeting' ? `经${meeting === undefined || meeting === '' ? '（会议名称）' : meeting}反馈，` : ''}
        现就督导中发现的问题提出整改要求，请逐项整改，按期报告整改情况并附印证材料。
      </p>
      {items.map((item, index) => (
        <div key={item.key}>
          <p>
            <strong>
              {numerals[index] ?? index + 1}、{item.title}
              {schools.length > 1 && `（${item.schoolName}）`}
            </strong>
          </p>
          <p>
            整改要求：{item.demand === '' ? '（请填写）' : item.demand}
            {/[。！？]$/.test(item.demand) || item.demand === '' ? '' : '。'}限
            {item.dueOn === undefined ? '（日期）' : day(item.dueOn)}前完成。
          </p>
        </div>
      ))}
      {note !== undefined && note !== '' && <p>{note}</p>}
      <p className="paper-sign">
        {me.officeName}
        <br />
        {day(issuedOn ?? today())}
      </p>
    </article>
  )
}
