import { Button, Popconfirm } from 'antd'

interface AskedButtonProps {
  readonly label: string
  readonly question: string
  /** What follows from it, in a sentence. */
  readonly consequence: string
  readonly isPending: boolean
  readonly onAgreed: () => Promise<void>
}

/** A button in a row that asks once before it acts. */
export function AskedButton({ label, question, consequence, isPending, onAgreed }: AskedButtonProps) {
  return (
    <Popconfirm
      title={question}
      description={consequence}
      okText={label}
      cancelText="取消"
      okButtonProps={{ danger: true }}
      onConfirm={() => void onAgreed()}
    >
      <Button type="link" size="small" danger loading={isPending}>
        {label}
      </Button>
    </Popconfirm>
  )
}
