import { useEffect, useRef, useState } from 'react'
import type { StoredPhoto } from '../store/field-database.ts'
import { useFieldStore } from '../store/field-store.tsx'
import { addPhotos, blobOf, removePhoto } from '../store/photos.ts'
import { FieldIcon } from './field-icons.tsx'

interface PhotoStripProps {
  readonly parentId: string
  readonly slot: string
  readonly photos: readonly StoredPhoto[]
  /** What the pictures show, for those who hear the page. */
  readonly label: string
  readonly keepPlace: boolean
}

/** Pictures of one thing: taken or chosen, kept at once, removed with a tap. */
export function PhotoStrip({ parentId, slot, photos, label, keepPlace }: PhotoStripProps) {
  const { db } = useFieldStore()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const take = async (files: readonly File[]) => {
    if (files.length === 0) return
    setBusy(true)
    try {
      await addPhotos(db, parentId, slot, files, keepPlace)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="photo-strip">
      {photos.map((photo) => (
        <Picture key={photo.id} photo={photo} onRemove={() => void removePhoto(db, photo.id)} />
      ))}
      <button
        type="button"
        className="photo-add"
        disabled={busy}
        aria-label={`${label}：拍照或选照片`}
        onClick={() => input.current?.click()}
      >
        <FieldIcon name="camera" />
        <span>{busy ? '正在保存' : '照片'}</span>
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        onChange={(event) => {
          const files = Array.from(event.target.files ?? [])
          event.target.value = ''
          void take(files)
        }}
      />
    </div>
  )
}

function Picture({ photo, onRemove }: { photo: StoredPhoto; onRemove: () => void }) {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const created = URL.createObjectURL(blobOf(photo))
    setUrl(created)
    return () => URL.revokeObjectURL(created)
  }, [photo])
  return (
    <span className="photo-kept">
      <img src={url} alt={photo.name} />
      <button type="button" aria-label={`移除照片 ${photo.name}`} onClick={onRemove}>
        ×
      </button>
    </span>
  )
}
