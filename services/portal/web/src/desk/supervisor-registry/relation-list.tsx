import type { Relation } from '../../api/types.ts'
import { useMe } from '../../app/app-context.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { day } from '../../words/format.ts'
import { optionsOf, relationKinds, relationSources, relationStandings } from '../../words/labels.ts'
import type { LampKind } from '../../words/lamps.ts'
import { PageHead } from '../kit/page-head.tsx'
import { SchoolPick, SupervisorPick } from '../kit/pick/picks.tsx'
import { DataTable } from '../kit/table/data-table.tsx'
import type { Column } from '../kit/table/list-definition.ts'
import {
  ContestRelationAction,
  DeclareRelationAction,
  RegisterRelationAction,
  RelationOfficeActions,
} from './relation-actions.tsx'

const standingLamps: Record<Relation['standing'], LampKind> = {
  declared: 'information',
  verified: 'on-time',
  contested: 'due-soon',
  withdrawn: 'closed',
}

const columns: readonly Column<Relation>[] = [
  { key: 'school', title: '学校', render: (one) => one.schoolName },
  { key: 'kind', title: '类别', render: (one) => relationKinds[one.kind], width: 120 },
  { key: 'description', title: '情况说明', render: (one) => one.description },
  {
    key: 'time',
    title: '起止',
    width: 250,
    render: (one) => `${one.from === null ? '起始不详' : day(one.from)} — ${one.to === null ? '至今' : day(one.to)}`,
  },
  {
    key: 'standing',
    title: '状态',
    width: 110,
    text: (one) => relationStandings[one.standing],
    render: (one) => <StateLamp kind={standingLamps[one.standing]}>{relationStandings[one.standing]}</StateLamp>,
  },
  { key: 'source', title: '来源', render: (one) => relationSources[one.source], width: 120 },
  { key: 'remark', title: '备注', render: (one) => one.remark ?? '—' },
]

/** Every tie the office knows of. */
export function RelationList() {
  return (
    <>
      <PageHead crumbs={[{ title: '督学库' }]} title="回避关系" actions={<RegisterRelationAction />} />
      <DataTable
        name="relations"
        past="relations"
        path="/api/supervisor-registry/relations"
        caption="回避关系"
        rowKey={(one) => one.factId}
        filters={[
          {
            kind: 'pick',
            key: 'supervisorId',
            label: '督学',
            render: (props) => <SupervisorPick {...props} width={180} />,
          },
          { kind: 'pick', key: 'schoolId', label: '学校', render: (props) => <SchoolPick {...props} width={180} /> },
          { kind: 'select', key: 'standing', label: '状态', options: optionsOf(relationStandings) },
          { kind: 'select', key: 'kind', more: true, label: '类别', options: optionsOf(relationKinds) },
        ]}
        empty={
          <EmptyState title="没有符合条件的回避关系" action={<RegisterRelationAction />}>
            督学在“我的回避申报”中申报，督导室也可以直接登记。所在单位就是登记学校的，系统自动登记。
          </EmptyState>
        }
        columns={[
          { key: 'supervisor', title: '督学', render: (one) => one.supervisorName, isTitle: true },
          ...columns,
          { key: 'relative', title: '亲属姓名', render: (one) => one.relativeName ?? '—', width: 110, optional: true },
          {
            key: 'actions',
            title: '办理',
            width: 190,
            text: () => '',
            render: (one) => <RelationOfficeActions relation={one} />,
          },
        ]}
      />
    </>
  )
}

/** A supervisor's own ties: declared here, or registered by the office. */
export function OwnRelations() {
  const me = useMe()
  const declare = <DeclareRelationAction supervisorId={me.supervisor ?? ''} />
  return (
    <>
      <PageHead crumbs={[{ title: '督学库' }]} title="我的回避申报" actions={declare} />
      <DataTable
        name="own-relations"
        past="declarations"
        path="/api/supervisor-registry/relations/mine"
        caption="我的回避申报"
        rowKey={(one) => one.factId}
        empty={
          <EmptyState title="还没有申报" action={declare}>
            近亲属在学校任职、曾在学校任职或有其他可能影响公正的情形，应当主动申报。
          </EmptyState>
        }
        columns={[
          ...columns,
          {
            key: 'actions',
            title: '办理',
            width: 110,
            text: () => '',
            render: (one) => <ContestRelationAction relation={one} />,
          },
        ]}
      />
    </>
  )
}
