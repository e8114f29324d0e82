import { useEffect, useRef, useState } from 'react'
import { fetchFile } from '../api/files.ts'
import type { EvidenceRef } from '../api/types.ts'
import { useApi } from '../app/app-context.tsx'
import { fileSize } from '../words/format.ts'
import { useFileUrl } from './use-file-url.ts'
import './evidence-list.css'

interface FileViewerProps {
  readonly files: readonly EvidenceRef[]
  readonly index: number
  readonly onMove: (index: number) => void
  readonly onClose: () => void
}

export function isPicture(file: EvidenceRef): boolean {
  return /^image\/(?:png|jpeg|gif|webp|bmp)$/.test(file.mediaType)
}

/** Shows pictures in place and offers every other file to be saved. Arrow keys move, Escape closes. */
export function FileViewer({ files, index, onMove, onClose }: FileViewerProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [actual, setActual] = useState(false)
  const file = files[index]
  useEffect(() => {
    const element = dialog.current
    if (element !== null && !element.open) element.showModal()
  }, [])
  if (file === undefined) return null
  const go = (step: number) => {
    const next = index + step
    if (next >= 0 && next < files.length) {
      setActual(false)
      onMove(next)
    }
  }
  return (
    <dialog
      ref={dialog}
      className="file-viewer"
      aria-label={file.name}
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') go(-1)
        if (event.key === 'ArrowRight') go(1)
      }}
    >
      <header>
        <h2 title={file.name}>{file.name}</h2>
        <span className="quiet tabular">{fileSize(file.size)}</span>
        <SaveButton file={file} />
        <button type="button" className="plain-button" onClick={() => dialog.current?.close()}>
          关闭
        </button>
      </header>
      <div className="file-viewer-stage">
        {isPicture(file) ? (
          <Picture file={file} actual={actual} />
        ) : (
          <p className="file-viewer-other">这类文件不能在页面中查看，请保存后用相应软件打开。</p>
        )}
      </div>
      <footer>
        <button type="button" className="plain-button" disabled={index === 0} onClick={() => go(-1)}>
          上一份
        </button>
        <span className="tabular">
          {index + 1} / {files.length}
        </span>
        <button type="button" className="plain-button" disabled={index === files.length - 1} onClick={() => go(1)}>
          下一份
        </button>
        {isPicture(file) && (
          <button type="button" className="plain-button" aria-pressed={actual} onClick={() => setActual(!actual)}>
            {actual ? '适合窗口' : '原始大小'}
          </button>
        )}
      </footer>
    </dialog>
  )
}

function Picture({ file, actual }: { file: EvidenceRef; actual: boolean }) {
  const { url, failed } = useFileUrl(file)
  if (failed) return <p className="file-viewer-other">没有取到这张照片，请关闭后重试。</p>
  if (url === undefined) return <p className="file-viewer-other">正在取照片…</p>
  return <img src={url} alt={file.name} className={actual ? 'is-actual' : undefined} />
}

/** Saves through memory, because a plain link could not carry the sign-in. */
export function SaveButton({ file }: { file: EvidenceRef }) {
  const api = useApi()
  const [state, setState] = useState<'ready' | 'busy' | 'failed'>('ready')
  const save = async () => {
    setState('busy')
    try {
      const url = URL.createObjectURL(await fetchFile(api, file))
      const link = document.createElement('a')
      link.href = url
      link.download = file.name
      link.click()
      window.setTimeout(() => URL.revokeObjectURL(url), 10_000)
      setState('ready')
    } catch {
      setState('failed')
    }
  }
  return (
    <button type="button" className="plain-button" disabled={state === 'busy'} onClick={() => void save()}>
      {state === 'failed' ? '没有取到，重试' : '保存'}
    </button>
  )
}
