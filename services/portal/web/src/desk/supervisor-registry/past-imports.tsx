import type { PastImport } from '../../api/types.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { count, moment } from '../../words/format.ts'
import { importStates } from '../../words/labels.ts'
import { DataTable } from '../kit/table/data-table.tsx'
import { importLamps } from './import-progress.tsx'
import type { ImportKind } from './use-import.ts'

interface PastImportsProps {
  readonly kind: ImportKind
  /** 学校 · 督学 */
  readonly thing: string
}

/** Who brought in which table and what it came to, newest first; one that was broken off says what to do. */
export function PastImports({ kind, thing }: PastImportsProps) {
  return (
    <section aria-label="导入记录">
      <h2>导入记录</h2>
      <DataTable
        name={`imports-${kind}`}
        path="/api/supervisor-registry/imports/jobs"
        caption={`${thing}导入记录`}
        fixed={{ kind }}
        rowKey={(one) => one.importId}
        rowTo={(one) => `/${kind}/import?job=${one.importId}`}
        empty={<EmptyState title="还没有导入过">每次导入的时间、经办人、文件名和结果都记在这里。</EmptyState>}
        columns={[
          { key: 'fileName', title: '文件', render: (one) => one.fileName, isTitle: true },
          { key: 'startedAt', title: '开始时间', render: (one) => moment(one.startedAt), width: 170 },
          { key: 'startedBy', title: '经办人', render: (one) => one.startedBy ?? '—', width: 120 },
          {
            key: 'state',
            title: '状态',
            width: 130,
            text: (one) => importStates[one.state],
            render: (one) => (
              <StateLamp
                kind={importLamps[one.state]}
                title={one.state === 'interrupted' ? '再次导入同一份文件，只会补上其余的行' : undefined}
              >
                {importStates[one.state]}
              </StateLamp>
            ),
          },
          { key: 'rows', title: '行数', render: (one) => count(one.rows), width: 90, align: 'right' },
          ...(['created', 'changed', 'refused'] as const).map((key) => ({
            key,
            title: { created: '新建', changed: '更正', refused: '有问题' }[key],
            render: ({ counts }: PastImport) => (counts === null ? '—' : count(counts[key])),
            width: 90,
            align: 'right' as const,
          })),
        ]}
      />
    </section>
  )
}
