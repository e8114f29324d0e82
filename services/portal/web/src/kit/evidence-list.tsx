import { useState } from 'react'
import type { EvidenceRef } from '../api/types.ts'
import { fileSize } from '../words/format.ts'
import { FileViewer, isPicture } from './file-viewer.tsx'
import { useFileUrl } from './use-file-url.ts'
import './evidence-list.css'

const kinds: readonly (readonly [RegExp, string])[] = [
  [/pdf$/, 'PDF'],
  [/word|officedocument\.word/, '文档'],
  [/sheet|excel|csv/, '表格'],
  [/presentation|powerpoint/, '演示'],
  [/^video\//, '视频'],
  [/^audio\//, '录音'],
  [/^image\//, '图片'],
]

/** Pieces of evidence as small pictures and named files; any of them opens the viewer. */
export function EvidenceList({ files, label = '印证材料' }: { files: readonly EvidenceRef[]; label?: string }) {
  const [shown, setShown] = useState<number>()
  if (files.length === 0) return null
  return (
    <>
      <ul className="evidence-list" aria-label={label}>
        {files.map((file, index) => (
          <li key={`${file.hash}-${file.name}`}>
            <EvidenceTile file={file} onOpen={() => setShown(index)} />
          </li>
        ))}
      </ul>
      {shown !== undefined && (
        <FileViewer files={files} index={shown} onMove={setShown} onClose={() => setShown(undefined)} />
      )}
    </>
  )
}

function EvidenceTile({ file, onOpen }: { file: EvidenceRef; onOpen: () => void }) {
  const picture = isPicture(file)
  const { url } = useFileUrl(picture ? file : undefined, true)
  if (picture && url !== undefined) {
    return (
      <button type="button" className="evidence-tile evidence-tile-picture" onClick={onOpen} title={file.name}>
        <img src={url} alt={file.name} />
      </button>
    )
  }
  const kind = kinds.find(([pattern]) => pattern.test(file.mediaType))?.[1] ?? '文件'
  return (
    <button type="button" className="evidence-tile" onClick={onOpen} title={`${file.name}（${fileSize(file.size)}）`}>
      <span className="evidence-kind">{kind}</span>
      <span className="evidence-name">{file.name}</span>
    </button>
  )
}
