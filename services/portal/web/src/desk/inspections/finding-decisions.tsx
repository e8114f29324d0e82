import { Link } from '@tanstack/react-router'
import { Form, Input, Radio, Tag } from 'antd'
import type { Severity, VisitRecord } from '../../api/types.ts'
import { EvidenceList } from '../../kit/evidence-list.tsx'
import { findingStates, optionsOf, severities } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import './answer-table.css'

/** What was found, and whether it becomes a problem that must be put right. */
export function FindingDecisions({ visit }: { visit: VisitRecord }) {
  return visit.findings.map((finding) => (
    <FindingCard key={finding.findingId} finding={finding} visitId={visit.visitId} thing={visit} />
  ))
}

/** What a card needs of a finding; its problem is known in the list only. */
export type CardFinding = VisitRecord['findings'][number] & { readonly problemId?: string | null }

export function FindingCard({
  finding,
  visitId,
  thing,
  children,
}: {
  finding: CardFinding
  visitId: string
  thing: object
  children?: React.ReactNode
}) {
  const target = { params: { path: { id: visitId, findingId: finding.findingId } } }
  return (
    <section className="finding-card">
      <div className="finding-head">
        <h2>{finding.itemTitle}</h2>
        <span>
          <Tag>{severities[finding.severity]}</Tag>
          <Tag>{findingStates[finding.state]}</Tag>
        </span>
      </div>
      {children}
      <p>{finding.description}</p>
      <EvidenceList files={finding.evidence} />
      {finding.state === 'dismissed' && finding.reason !== null && (
        <p className="quiet">不采纳的理由：{finding.reason}</p>
      )}
      {finding.problemId !== undefined && finding.problemId !== null && (
        <p>
          <Link to={`/problems/${finding.problemId}`}>查看立案的问题</Link>
        </p>
      )}
      {finding.state === 'proposed' && (
        <div className="finding-actions no-print">
          <ActionDialog<
            '/api/inspections/visits/{id}/findings/{findingId}/confirm',
            { severity: Severity; description?: string }
          >
            kind="primary"
            label="确认为问题"
            permission="finding.decide"
            thing={thing}
            path="/api/inspections/visits/{id}/findings/{findingId}/confirm"
            lead="确认后自动立案，进入整改台账。"
            initial={{ severity: finding.severity, description: finding.description }}
            toInput={(values) => ({
              ...target,
              body: {
                severity: values.severity,
                ...(values.description === undefined || values.description === ''
                  ? {}
                  : { description: values.description }),
              },
            })}
            doneMessage="已确认，问题已立案"
          >
            <Form.Item name="severity" label="严重程度" rules={[{ required: true }]}>
              <Radio.Group options={optionsOf(severities)} />
            </Form.Item>
            <Form.Item name="description" label="问题描述" rules={[{ required: true, whitespace: true }]}>
              <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} />
            </Form.Item>
          </ActionDialog>
          <ActionDialog<'/api/inspections/visits/{id}/findings/{findingId}/dismiss', { reason: string }>
            label="不采纳"
            permission="finding.decide"
            thing={thing}
            path="/api/inspections/visits/{id}/findings/{findingId}/dismiss"
            toInput={(values) => ({ ...target, body: values })}
            doneMessage="已记为不采纳"
          >
            <Form.Item
              name="reason"
              label="理由"
              rules={[{ required: true, whitespace: true }]}
              extra="理由会留在督查记录中"
            >
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
            </Form.Item>
          </ActionDialog>
        </div>
      )}
    </section>
  )
}
