import type { Answer, ChecklistItem, VisitRecord } from '../../api/types.ts'
import { EvidenceList } from '../../kit/evidence-list.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { answers as answerWords } from '../../words/labels.ts'
import type { LampKind } from '../../words/lamps.ts'
import './answer-table.css'

const lamps: Record<Answer, LampKind> = { yes: 'on-time', no: 'overdue', 'not-applicable': 'closed' }

/** Every item of the checklist with its answer, note and pictures. */
export function AnswerTable({ visit }: { visit: VisitRecord }) {
  const items: readonly ChecklistItem[] = visit.checklist.items
  const given = new Map(visit.answers.map((answer) => [answer.code, answer]))
  return (
    <table className="answer-table">
      <thead>
        <tr>
          <th scope="col" style={{ width: 70 }}>
            编号
          </th>
          <th scope="col">条目</th>
          <th scope="col" style={{ width: 110 }}>
            结果
          </th>
          <th scope="col" style={{ width: '42%' }}>
            情况与照片
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => {
          const answer = given.get(item.code)
          return (
            <tr key={item.code}>
              <td className="tabular">{item.code}</td>
              <td>
                {item.title}
                {item.clause !== null && item.clause !== '' && <p className="quiet">依据：{item.clause}</p>}
              </td>
              <td>
                {answer === undefined ? (
                  <span className="quiet">未填</span>
                ) : (
                  <StateLamp kind={lamps[answer.answer]}>{answerWords[answer.answer]}</StateLamp>
                )}
              </td>
              <td>
                {answer?.note}
                <EvidenceList files={answer?.evidence ?? []} label={`${item.title}的照片`} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
