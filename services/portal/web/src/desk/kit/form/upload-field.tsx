import { Button, Checkbox, Progress } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import { uploadFile } from '../../../api/files.ts'
import { newId } from '../../../api/idempotency-key.ts'
import { asProblem } from '../../../api/problem.ts'
import type { EvidenceRef } from '../../../api/types.ts'
import { useApi } from '../../../app/app-context.tsx'
import { fileSize } from '../../../words/format.ts'
import { UploadOutlined } from '../icons.tsx'

interface UploadFieldProps {
  readonly service: 'office' | 'inspections' | 'rectification'
  readonly value?: EvidenceRef[] | undefined
  readonly onChange?: (value: EvidenceRef[]) => void
  readonly id?: string
  readonly single?: boolean
  readonly hint?: string
}

interface Sending {
  readonly key: string
  readonly file: File
  readonly share: number
  readonly keepPlace: boolean
  readonly failed?: string
}

/** Pieces of evidence, sent as soon as they are chosen; the form then carries their references. */
export function UploadField({ service, value = [], onChange, id, single = false, hint }: UploadFieldProps) {
  const api = useApi()
  const input = useRef<HTMLInputElement>(null)
  const latest = useRef(value)
  latest.current = value
  const [sending, setSending] = useState<readonly Sending[]>([])
  const [keepPlace, setKeepPlace] = useState(false)
  const [over, setOver] = useState(false)

  const patch = (key: string, change: Partial<Sending>) =>
    setSending((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)))
  const send = async ({ key, file, keepPlace: keep }: Sending) => {
    try {
      const evidence = await uploadFile(api, service, file, file.name, key, (share) => patch(key, { share }), keep)
      const next = single ? [evidence] : [...latest.current.filter((one) => one.hash !== evidence.hash), evidence]
      latest.current = next
      onChange?.(next)
      setSending((all) => all.filter((one) => one.key !== key))
    } catch (error) {
      patch(key, { failed: asProblem(error).detail })
    }
  }
  const take = (files: FileList | null) => {
    const fresh = Array.from(files ?? [])
      .slice(0, single ? 1 : undefined)
      .map((file) => ({ key: newId(), file, share: 0, keepPlace }))
    setSending((all) => [...all, ...fresh])
    for (const one of fresh) void send(one)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way beside the button
    <div
      className={over ? 'upload-field is-over' : 'upload-field'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        ref={input}
        type="file"
        style={{ display: 'none' }}
        multiple={!single}
        onChange={(event) => {
          take(event.target.files)
          event.target.value = ''
        }}
      />
      <Button
        {...(id === undefined ? {} : { id })}
        aria-label="选择文件"
        icon={<UploadOutlined />}
        onClick={() => input.current?.click()}
      >
        选择文件
      </Button>
      <span className="quiet"> {hint ?? '也可以把照片、文档拖到这里'}</span>
      <div>
        <Checkbox checked={keepPlace} onChange={(event) => setKeepPlace(event.target.checked)}>
          保留拍摄地点
        </Checkbox>
        <span className="quiet">勾选后选择的照片，看得到的人也能知道在哪里拍的；不勾选，上传时去掉地点。</span>
      </div>
      <ul>
        {value.map((file) => (
          <li key={file.hash}>
            <span>
              {file.name} <span className="quiet tabular">{fileSize(file.size)}</span>
            </span>
            <Button type="link" size="small" onClick={() => onChange?.(value.filter((one) => one !== file))}>
              移除
            </Button>
          </li>
        ))}
        {sending.map((one) => (
          <li key={one.key}>
            <span>{one.file.name}</span>
            {one.failed === undefined ? (
              <Progress percent={Math.round(one.share * 100)} size="small" style={{ width: 140 }} />
            ) : (
              <>
                <span title={one.failed}>没有传上去</span>
                <Button
                  type="link"
                  size="small"
                  onClick={() => {
                    const { failed: _, ...again } = one
                    setSending((all) => all.map((other) => (other.key === one.key ? { ...again, share: 0 } : other)))
                    void send(again)
                  }}
                >
                  重试
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
