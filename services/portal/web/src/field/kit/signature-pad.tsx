import { type PointerEvent, useEffect, useRef } from 'react'
import type { StoredPhoto } from '../store/field-database.ts'
import { useFieldStore } from '../store/field-store.tsx'
import { blobOf, putSignature } from '../store/photos.ts'

interface SignaturePadProps {
  readonly parentId: string
  readonly slot: string
  /** What is kept already; undefined while the store has not answered. */
  readonly kept: StoredPhoto | undefined
  readonly label: string
}

/** A name drawn with the finger, in place, kept when the finger is lifted. */
export function SignaturePad({ parentId, slot, kept, label }: SignaturePadProps) {
  const { db } = useFieldStore()
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawing = useRef(false)
  const dirty = useRef(false)
  const first = useRef(kept)

  useEffect(() => {
    const element = canvas.current
    if (element === null) return
    const ratio = window.devicePixelRatio || 1
    element.width = Math.round(element.clientWidth * ratio)
    element.height = Math.round(element.clientHeight * ratio)
    const context = element.getContext('2d')
    if (context === null) return
    context.scale(ratio, ratio)
    context.lineWidth = 3
    context.lineCap = 'round'
    context.lineJoin = 'round'
    context.strokeStyle = '#101828'
    if (first.current !== undefined) void show(element, blobOf(first.current))
  }, [])

  const point = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    const context = event.currentTarget.getContext('2d')
    if (context === null) return
    event.currentTarget.setPointerCapture(event.pointerId)
    drawing.current = true
    dirty.current = true
    const { x, y } = point(event)
    context.beginPath()
    context.moveTo(x, y)
    context.lineTo(x + 0.1, y)
    context.stroke()
  }
  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!drawing.current) return
    const context = event.currentTarget.getContext('2d')
    const { x, y } = point(event)
    context?.lineTo(x, y)
    context?.stroke()
  }
  const end = () => {
    if (!drawing.current) return
    drawing.current = false
    canvas.current?.toBlob((image) => {
      if (image !== null && dirty.current) void putSignature(db, parentId, slot, image)
    }, 'image/png')
  }
  const clear = () => {
    const element = canvas.current
    element?.getContext('2d')?.clearRect(0, 0, element.width, element.height)
    dirty.current = false
    void putSignature(db, parentId, slot, undefined)
  }
  return (
    <div className="signature-pad" id={slot}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${label}签字处，用手指书写`}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={end}
        onPointerCancel={end}
      />
      {kept === undefined && <span className="signature-hint">在此签名</span>}
      <button type="button" className="field-link" onClick={clear}>
        重签
      </button>
    </div>
  )
}

async function show(canvas: HTMLCanvasElement, image: Blob): Promise<void> {
  const url = URL.createObjectURL(image)
  const picture = new Image()
  picture.src = url
  try {
    await picture.decode()
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.clientWidth, canvas.clientHeight)
  } finally {
    URL.revokeObjectURL(url)
  }
}
