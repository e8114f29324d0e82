import { Fragment } from 'react'
import type { ChecklistItem } from '../../api/types.ts'
import { evidenceNeeds, severities } from '../../words/labels.ts'
import './answer-table.css'

/** The items of a checklist under their topics. */
export function ItemTable({ items }: { items: readonly ChecklistItem[] }) {
  const groups = [...new Set(items.map(({ group }) => group))].map(
    (group) => [group, items.filter((item) => item.group === group)] as const,
  )
  return (
    <table className="answer-table">
      <thead>
        <tr>
          <th scope="col">编号</th>
          <th scope="col">条目</th>
          <th scope="col">怎么看</th>
          <th scope="col">依据</th>
          <th scope="col">未做到时</th>
          <th scope="col">照片材料</th>
        </tr>
      </thead>
      <tbody>
        {groups.map(([group, own]) => (
          <Fragment key={group ?? ''}>
            {group !== null && (
              <tr>
                <th scope="colgroup" colSpan={6}>
                  {group}
                </th>
              </tr>
            )}
            {own.map((item) => (
              <tr key={item.code}>
                <td className="tabular">{item.code}</td>
                <td>
                  {item.title}
                  {item.negative !== null && <p className="quiet">答“否”表示：{item.negative}</p>}
                </td>
                <td className="quiet">{item.prompt ?? '—'}</td>
                <td className="quiet">{item.clause ?? '—'}</td>
                <td>{severities[item.severity]}</td>
                <td>{evidenceNeeds[item.evidence]}</td>
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}
