import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useRights } from '../../app/app-context.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { count, day } from '../../words/format.ts'
import { optionsOf, ownerships, schoolKinds, schoolStages, schoolStatuses } from '../../words/labels.ts'
import { PageHead } from '../kit/page-head.tsx'
import { SupervisorPick, ZonePick } from '../kit/pick/picks.tsx'
import { DataTable } from '../kit/table/data-table.tsx'
import type { PickProps } from '../kit/table/list-definition.ts'

/** Every school, kindergarten and training institution of the office. */
export function SchoolList() {
  const rights = useRights()
  const register = rights.can('registry.manage') ? (
    <>
      <Link to="/schools/import">
        <Button>批量导入</Button>
      </Link>
      <Link to="/schools/new">
        <Button type="primary">登记学校</Button>
      </Link>
    </>
  ) : undefined
  const wide = rights.scope('registry.read') === 'office'
  return (
    <>
      <PageHead crumbs={[{ title: '督学库' }]} title="学校" actions={register} />
      <DataTable
        name="schools"
        past="schools"
        path="/api/supervisor-registry/schools"
        caption="学校"
        defaults={{ status: 'open' }}
        rowKey={(school) => school.schoolId}
        rowTo={(school) => `/schools/${school.schoolId}`}
        filters={[
          { kind: 'search', key: 'q', label: '学校名称或标识码' },
          { kind: 'select', key: 'kind', label: '类型', options: optionsOf(schoolKinds) },
          { kind: 'select', key: 'stage', more: true, label: '学段', options: optionsOf(schoolStages) },
          { kind: 'select', key: 'ownership', more: true, label: '举办者', options: optionsOf(ownerships) },
          ...(wide
            ? [
                {
                  kind: 'pick',
                  key: 'zoneId',
                  label: '责任区',
                  render: (props: PickProps) => <ZonePick {...props} width={150} />,
                } as const,
                {
                  kind: 'pick',
                  key: 'supervisorId',
                  label: '责任督学',
                  render: (props: PickProps) => <SupervisorPick {...props} width={160} />,
                } as const,
              ]
            : []),
          { kind: 'select', key: 'status', label: '办学状态', options: optionsOf(schoolStatuses) },
        ]}
        empty={
          <EmptyState title="没有符合条件的学校" action={register}>
            学校由督导室工作人员登记。登记后划入责任区、安排责任督学，就可以开展每月走访。
          </EmptyState>
        }
        columns={[
          { key: 'name', title: '学校名称', render: (school) => school.name, isTitle: true },
          { key: 'code', title: '学校标识码', render: (school) => school.code, width: 130 },
          { key: 'kind', title: '类型', render: (school) => schoolKinds[school.kind], width: 120 },
          { key: 'stage', title: '学段', render: (school) => schoolStages[school.stage], width: 110 },
          {
            key: 'ownership',

            title: '举办者',
            render: (school) => ownerships[school.ownership],
            width: 110,
          },
          { key: 'zone', title: '责任区', render: (school) => school.zoneName ?? '未划入', width: 140 },
          { key: 'supervisor', title: '责任督学', render: (school) => school.supervisorName ?? '未挂牌', width: 110 },
          {
            key: 'enrolment',
            title: '在校人数',
            render: (school) => count(school.enrolment),
            width: 100,
            align: 'right',
          },
          {
            key: 'postedFrom',
            title: '挂牌时间',
            render: (school) => day(school.postedFrom),
            width: 150,
            optional: true,
          },
          { key: 'address', title: '地址', render: (school) => school.address ?? '—', optional: true },
          {
            key: 'status',
            title: '办学状态',
            render: (school) => schoolStatuses[school.status],
            width: 100,
            optional: true,
          },
        ]}
      />
    </>
  )
}
