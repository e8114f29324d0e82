import { useThing } from '../../app/use-read.ts'
import { EmptyState } from '../../kit/states.tsx'
import { count, day, moment } from '../../words/format.ts'
import { ownerships, schoolKinds, schoolStages, word } from '../../words/labels.ts'
import { QueryView } from '../kit/query-view.tsx'

const fieldNames = {
  name: '学校名称',
  kind: '类型',
  stage: '学段',
  ownership: '举办者',
  address: '地址',
  zoneName: '责任区',
} as const
const tables: Partial<Record<keyof typeof fieldNames, Readonly<Record<string, string>>>> = {
  kind: schoolKinds,
  stage: schoolStages,
  ownership: ownerships,
}

/** What became of a school: pupils by year, details before and after, its end. */
export function SchoolChanges({ schoolId }: { schoolId: string }) {
  const query = useThing('/api/supervisor-registry/schools/{id}/changes', { path: { id: schoolId } })
  const told = (field: keyof typeof fieldNames, value: string | null) => {
    const table = tables[field]
    return table === undefined || value === null ? (value ?? '—') : word(table, value)
  }
  return (
    <QueryView query={query}>
      {({ enrolments, corrections, closure }) => {
        if (enrolments.length === 0 && corrections.length === 0 && closure === null)
          return <EmptyState title="还没有变动">更新人数、更正信息、撤并后，会按时间列在这里。</EmptyState>
        return (
          <>
            {closure !== null && (
              <p>
                <strong>{day(closure.closedOn)} 撤并：</strong>
                {closure.reason}
              </p>
            )}
            {enrolments.length > 0 && (
              <table className="plain-table" aria-label="历年在校人数">
                <thead>
                  <tr>
                    <th scope="col">年份</th>
                    <th scope="col">在校人数</th>
                    <th scope="col">统计日期</th>
                    <th scope="col">填报时间</th>
                  </tr>
                </thead>
                <tbody>
                  {enrolments.map((one) => (
                    <tr key={one.year}>
                      <th scope="row">{one.year}年</th>
                      <td className="tabular">{count(one.enrolment)} 人</td>
                      <td>{day(one.asOf)}</td>
                      <td>{moment(one.reportedAt)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
            {corrections.length > 0 && (
              <table className="plain-table" aria-label="信息更正">
                <thead>
                  <tr>
                    <th scope="col">更正时间</th>
                    <th scope="col">内容</th>
                    <th scope="col">原因</th>
                  </tr>
                </thead>
                <tbody>
                  {corrections.map((one) => (
                    <tr key={one.at}>
                      <td>{moment(one.at)}</td>
                      <td>
                        {one.fields
                          .map(
                            ({ field, before, after }) =>
                              `${fieldNames[field]}：${told(field, before)} → ${told(field, after)}`,
                          )
                          .join('；')}
                      </td>
                      <td>{one.reason}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </>
        )
      }}
    </QueryView>
  )
}
