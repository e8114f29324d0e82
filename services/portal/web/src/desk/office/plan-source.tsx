import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { InboxOutlined } from '../kit/icons.tsx'
import './plan-reading.css'

export type PlanSource =
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'text'; readonly text: string; readonly fileName: string }

/** Largest file taken, in bytes; a plan is a few dozen pages. */
const LARGEST = 10 * 1024 * 1024

interface PlanSourceFieldProps {
  readonly busy: boolean
  readonly onTake: (source: PlanSource) => void
}

/** Takes the document as it was published: a file, or its text. */
export function PlanSourceField({ busy, onTake }: PlanSourceFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [over, setOver] = useState(false)
  const [refused, setRefused] = useState<string>()
  const take = (file: File | undefined) => {
    if (file === undefined) return
    if (!/\.(?:txt|docx)$/i.test(file.name)) {
      setRefused(`“${file.name}”不是 .docx 或 .txt 文件。旧的 .doc 文件请先在文字处理软件中另存为 .docx。`)
      return
    }
    if (file.size > LARGEST) {
      setRefused(`“${file.name}”超过 10 MB。计划文件通常没有这么大，请去掉其中的图片后再导入。`)
      return
    }
    setRefused(undefined)
    onTake({ kind: 'file', file })
  }
  return (
    <div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way beside the button */}
      <div
        className={over ? 'import-drop is-over' : 'import-drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files[0])
        }}
      >
        <InboxOutlined style={{ fontSize: 40, color: 'var(--ink-3)' }} />
        <p>把印发的文件拖到这里，或者</p>
        <input
          ref={input}
          type="file"
          hidden
          accept=".txt,.docx,text/plain,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
          onChange={(event) => {
            take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
        <Button type="primary" loading={busy} onClick={() => input.current?.click()}>
          选择文件
        </Button>
        <p className="quiet">支持 .docx 和 .txt，原样导入，不需要先整理格式</p>
      </div>
      {refused !== undefined && (
        <p role="alert" style={{ color: '#a63f00', marginTop: 8 }}>
          {refused}
        </p>
      )}
      <p className="import-or">没有文件？把全文粘贴到下面：</p>
      <Input.TextArea
        aria-label="计划全文"
        rows={8}
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder="从标题开始粘贴全文，包括正文、落款和日期"
      />
      <div className="form-actions">
        <Button
          disabled={text.trim().length < 20}
          loading={busy}
          onClick={() => onTake({ kind: 'text', text, fileName: '粘贴的文本.txt' })}
        >
          识别这段文字
        </Button>
      </div>
    </div>
  )
}
