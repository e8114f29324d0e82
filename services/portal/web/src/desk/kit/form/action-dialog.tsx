import { App, Button, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import type { PostPath } from '../../../api/client.ts'
import type { Permission } from '../../../api/types.ts'
import { useRights } from '../../../app/app-context.tsx'
import { useLookBack } from '../past/use-look-back.ts'
import { CommandForm, type CommandFormProps, type FormValues } from './command-form.tsx'

interface ActionDialogProps<P extends PostPath, V extends FormValues>
  extends Omit<CommandFormProps<P, V>, 'onDone' | 'onCancel' | 'inDialog' | 'submitLabel'> {
  /** The verb on the button. */
  readonly label: string
  readonly permission: Permission
  /** The thing the right must reach. */
  readonly thing?: object
  readonly title?: string
  /** What will happen, in a sentence. */
  readonly lead?: ReactNode
  readonly submitLabel?: string
  /** Said once it is done. */
  readonly doneMessage: string
  readonly kind?: 'primary' | 'default' | 'link'
  readonly width?: number
  readonly onDone?: () => void
}

/** A button that opens the form of one command; nothing at all for those who may not, or while a past day is shown. */
export function ActionDialog<P extends PostPath, V extends FormValues>(props: ActionDialogProps<P, V>) {
  const {
    label,
    permission,
    thing,
    title,
    lead,
    doneMessage,
    kind = 'default',
    width = 560,
    onDone,
    children,
    submitLabel,
    ...form
  } = props
  const rights = useRights()
  const past = useLookBack()
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  // Nothing is done to what is no longer so.
  if (past !== undefined || !rights.can(permission, thing)) return null
  return (
    <>
      <Button
        type={kind}
        danger={form.danger === true}
        size={kind === 'link' ? 'small' : 'middle'}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      <Modal
        open={open}
        width={width}
        title={title ?? label}
        footer={null}
        destroyOnHidden
        onCancel={() => setOpen(false)}
      >
        {lead !== undefined && <div className="dialog-lead">{lead}</div>}
        <CommandForm
          {...(form as CommandFormProps<P, V>)}
          inDialog
          submitLabel={submitLabel ?? label}
          onCancel={() => setOpen(false)}
          onDone={() => {
            setOpen(false)
            void message.success(doneMessage)
            onDone?.()
          }}
        >
          {children}
        </CommandForm>
      </Modal>
    </>
  )
}
