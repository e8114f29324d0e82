import { Link } from '@tanstack/react-router'
import type { AuditEntry } from '../../api/types.ts'
import { useRead } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { count, moment } from '../../words/format.ts'
import { auditActions, auditOutcomes, optionsOf, roleNames, serviceNames, word } from '../../words/labels.ts'
import { PageHead } from '../kit/page-head.tsx'
import { DataTable } from '../kit/table/data-table.tsx'

const lampOf = { done: 'on-time', refused: 'due-soon', failed: 'overdue' } as const

/** Who took out, saw, was refused or operated what: the office's own chain, newest first. */
export function AuditList() {
  const retention = useRead('/api/audit/entries', { query: { limit: 1 } }).data?.body.retention
  return (
    <>
      <PageHead crumbs={[{ title: '系统与交换' }]} title="审计记录">
        <p className="quiet">
          每条记录都带有前一条的校验值，只能追加，不能改动或删除。
          {retention !== undefined && `至少留存 ${retention.months} 个月（${retention.source}），本系统不作清理。`}
        </p>
      </PageHead>
      <DataTable
        name="audit"
        path="/api/audit/entries"
        caption="审计记录"
        rowKey={(entry) => entry.id}
        filters={[
          { key: 'action', label: '事项', kind: 'select', options: optionsOf(auditActions) },
          { key: 'outcome', label: '结果', kind: 'select', options: optionsOf(auditOutcomes) },
          { key: 'actor', label: '操作人', kind: 'search' },
          { key: 'from', label: '开始日期', kind: 'day' },
          { key: 'to', label: '结束日期', kind: 'day' },
        ]}
        empty={
          <EmptyState title="没有符合条件的审计记录" action={<Link to="/audit">查看全部记录</Link>}>
            登录、导出数据、查看完整联系方式、被拒绝的访问和系统操作会自动记在这里。
          </EmptyState>
        }
        columns={[
          { key: 'sequence', title: '序号', render: (entry) => count(entry.sequence), width: 90, align: 'right' },
          { key: 'at', title: '时间', render: (entry) => moment(entry.at), width: 190 },
          { key: 'who', title: '操作人', render: (entry) => entry.name, width: 160 },
          { key: 'roles', title: '角色', render: rolesOf, optional: true, width: 150 },
          { key: 'action', title: '事项', render: (entry) => entry.title, width: 130 },
          { key: 'object', title: '对象', render: objectOf, isTitle: true },
          { key: 'reason', title: '事由', render: (entry) => entry.reason ?? '—', width: 140 },
          {
            key: 'outcome',
            title: '结果',
            render: (entry) => <StateLamp kind={lampOf[entry.outcome]}>{word(auditOutcomes, entry.outcome)}</StateLamp>,
            text: (entry) => word(auditOutcomes, entry.outcome),
            width: 120,
          },
          {
            key: 'hash',
            title: '校验值',
            render: (entry) => <code title={entry.hash}>{entry.hash.slice(0, 12)}…</code>,
            text: (entry) => entry.hash,
            optional: true,
            width: 150,
          },
          { key: 'place', title: '对象编号', render: (entry) => entry.object, optional: true },
          { key: 'subject', title: '账号', render: (entry) => entry.subject, optional: true, width: 180 },
        ]}
      />
    </>
  )
}

function rolesOf({ roles }: AuditEntry): string {
  return roles.map((role) => word(roleNames, role)).join('、') || '—'
}

/** The object in words, with what makes the entry weigh: how many rows, under which conditions, how often. */
function objectOf(entry: AuditEntry): string {
  const { objectName, details } = entry
  const parts = [objectName ?? placeOf(entry)]
  if (typeof details.rows === 'number') parts.push(`${count(details.rows)} 行`)
  if (typeof details.filters === 'string' && details.filters !== '') parts.push(details.filters)
  if (typeof details.others === 'number') parts.push(`另有同类 ${count(details.others)} 次`)
  return parts.join('　')
}

/** An address, as the part of the product it leads to; the address itself is a column to be chosen. */
function placeOf({ object, details }: AuditEntry): string {
  const place = word({ ...serviceNames, audit: '审计记录' }, /^\/api\/([a-z-]+)/.exec(object)?.[1])
  if (place === '—') return '其他内容'
  return details.method === 'GET' ? `查看“${place}”中的内容` : `办理“${place}”中的事项`
}
