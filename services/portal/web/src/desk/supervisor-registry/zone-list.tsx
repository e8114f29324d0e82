import { Form, Input } from 'antd'
import { EmptyState } from '../../kit/states.tsx'
import { count } from '../../words/format.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { SupervisorPick } from '../kit/pick/picks.tsx'
import { DataTable } from '../kit/table/data-table.tsx'

/** The zones and their heads. */
export function ZoneList() {
  const establish = (
    <ActionDialog<'/api/supervisor-registry/zones', { name: string }>
      kind="primary"
      label="设立责任区"
      permission="registry.manage"
      path="/api/supervisor-registry/zones"
      toInput={(values) => ({ body: values })}
      doneMessage="责任区已设立"
    >
      <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={40} placeholder="如 城区责任区" />
      </Form.Item>
    </ActionDialog>
  )
  return (
    <>
      <PageHead crumbs={[{ title: '督学库' }]} title="责任区" actions={establish} />
      <DataTable
        name="zones"
        past="zones"
        path="/api/supervisor-registry/zones"
        caption="责任区"
        rowKey={(zone) => zone.zoneId}
        rowTo={(zone) => `/schools?zoneId=${zone.zoneId}`}
        empty={
          <EmptyState title="还没有责任区">
            督导室把学校划成若干责任区，每区设一名组长，负责本区的覆盖和汇总。
          </EmptyState>
        }
        columns={[
          { key: 'name', title: '责任区', render: (zone) => zone.name, isTitle: true },
          { key: 'head', title: '组长', render: (zone) => zone.headName ?? '未确定', width: 160 },
          { key: 'schools', title: '学校', render: (zone) => `${count(zone.schools)} 所`, width: 120, align: 'right' },
          {
            key: 'actions',
            title: '办理',
            width: 140,
            text: () => '',
            render: (zone) => (
              <ActionDialog<'/api/supervisor-registry/zones/{id}/head', { supervisorId: string }>
                kind="link"
                label={zone.headSupervisorId === null ? '确定组长' : '更换组长'}
                permission="registry.manage"
                path="/api/supervisor-registry/zones/{id}/head"
                version={zone.version}
                title={`${zone.name}的组长`}
                toInput={(values) => ({ params: { path: { id: zone.zoneId } }, body: values })}
                doneMessage="组长已确定"
              >
                <Form.Item name="supervisorId" label="督学" rules={[{ required: true, message: '请选择督学' }]}>
                  <SupervisorPick />
                </Form.Item>
              </ActionDialog>
            ),
          },
        ]}
      />
    </>
  )
}
