import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { day } from '../../words/format.ts'
import { paperStates, supervisorCategories } from '../../words/labels.ts'
import { PageHead } from '../kit/page-head.tsx'
import { DataTable } from '../kit/table/data-table.tsx'
import { paperLamps } from './paper-lamps.ts'

/** The register of 聘书 and 督学证: every number, whose it is and what it is worth today. */
export function CertificateList() {
  return (
    <>
      <PageHead crumbs={[{ title: '督学库' }]} title="聘书与督学证" />
      <DataTable
        name="certificates"
        past="certificates"
        path="/api/supervisor-registry/certificates"
        caption="聘书与督学证登记簿"
        rowKey={(paper) => `${paper.supervisorId} ${paper.termFrom}`}
        rowTo={(paper) => `/supervisors/${paper.supervisorId}/papers/${paper.termFrom}`}
        filters={[{ kind: 'search', key: 'q', label: '姓名或证号' }]}
        empty={<EmptyState title="还没有颁发过证书">督学聘任后自动编号，聘书和督学证列在这里，可逐张打印。</EmptyState>}
        columns={[
          { key: 'number', title: '督学证号', render: (paper) => paper.certificateNumber, isTitle: true },
          { key: 'letter', title: '聘书编号', render: (paper) => paper.letterNumber, width: 190 },
          { key: 'name', title: '姓名', render: (paper) => paper.name, width: 130 },
          { key: 'category', title: '类别', render: (paper) => supervisorCategories[paper.category], width: 100 },
          {
            key: 'term',
            title: '任期',
            width: 260,
            render: (paper) => `${day(paper.termFrom)} 至 ${day(paper.termTo)}`,
          },
          { key: 'decidedBy', title: '决定机关', render: (paper) => paper.decidedBy },
          { key: 'decidedOn', title: '决定日期', render: (paper) => day(paper.decidedOn), width: 140 },
          {
            key: 'state',
            title: '效力',
            width: 110,
            text: (paper) => paperStates[paper.state],
            render: (paper) => <StateLamp kind={paperLamps[paper.state]}>{paperStates[paper.state]}</StateLamp>,
          },
        ]}
      />
    </>
  )
}
