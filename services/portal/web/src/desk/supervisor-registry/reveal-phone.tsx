import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useRights } from '../../app/app-context.tsx'
import { CommandForm } from '../kit/form/command-form.tsx'
import { useLookBack } from '../kit/past/use-look-back.ts'

type RevealPath =
  | '/api/supervisor-registry/supervisors/{id}/reveal-phone'
  | '/api/supervisor-registry/committee/bodies/{bodyId}/reveal-phone'

interface RevealPhoneProps {
  readonly masked: string
  readonly path: RevealPath
  /** Of the path. */
  readonly params: Readonly<Record<string, string>>
}

/** A masked phone; the whole of it once somebody has said why, and only while the dialog is open. */
export function RevealPhone({ masked, path, params }: RevealPhoneProps) {
  const rights = useRights()
  const past = useLookBack()
  const [open, setOpen] = useState(false)
  const [phone, setPhone] = useState<string>()
  const close = () => {
    setOpen(false)
    setPhone(undefined)
  }
  return (
    <>
      <span className="tabular">{masked}</span>
      {/* It would show the number of today. */}
      {past === undefined && rights.can('personal.reveal') && (
        <Button type="link" size="small" className="no-print" onClick={() => setOpen(true)}>
          查看号码
        </Button>
      )}
      <Modal open={open} width={440} title="查看完整电话" footer={null} destroyOnHidden onCancel={close}>
        {phone !== undefined ? (
          <>
            <p className="tabular" style={{ fontSize: '1.4rem' }}>
              {phone}
            </p>
            <p className="quiet">关闭后重新隐去。本次查看已记录在案。</p>
          </>
        ) : (
          <CommandForm<RevealPath, { reason: string }>
            path={path}
            inDialog
            submitLabel="查看号码"
            onCancel={close}
            toInput={(values) => ({ params: { path: params } as never, body: values })}
            onDone={(answer) => setPhone(answer.phone)}
          >
            <Form.Item name="reason" label="查看理由" rules={[{ required: true, whitespace: true, min: 2 }]}>
              <Input maxLength={200} placeholder="如 通知紧急会议" />
            </Form.Item>
          </CommandForm>
        )}
      </Modal>
    </>
  )
}
