import { withExifOf } from './exif-of-photo.ts'

/** Longest side of a kept picture, in pixels: enough to read a sign on a wall, small enough for a slow network. */
const LONGEST = 1600
const QUALITY = 0.82

/** A camera picture in a size that a village school's network carries; what cannot be drawn stays as it is. */
export async function shrinkPhoto(file: File, keepPlace: boolean): Promise<{ blob: Blob; name: string }> {
  const name = file.name === '' ? '照片.jpg' : file.name
  if (!/^image\/(?:jpeg|png|webp)$/.test(file.type)) return { blob: file, name }
  // Drawing loses where it was taken; only a JPEG's is put back.
  if (keepPlace && file.type !== 'image/jpeg') return { blob: file, name }
  try {
    const picture = await createImageBitmap(file)
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(picture.width * scale))
    canvas.height = Math.max(1, Math.round(picture.height * scale))
    const context = canvas.getContext('2d')
    if (context === null) return { blob: file, name }
    context.fillStyle = '#fff'
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
    if (blob === null || blob.size >= file.size) return { blob: file, name }
    const kept = keepPlace ? await withExif(file, blob) : blob
    return { blob: kept, name: `${name.replace(/\.\w+$/, '')}.jpg` }
  } catch {
    // A picture that the browser cannot read may still be one that the office can.
    return { blob: file, name }
  }
}

async function withExif(file: File, blob: Blob): Promise<Blob> {
  const [original, drawn] = await Promise.all([file.arrayBuffer(), blob.arrayBuffer()])
  return new Blob([withExifOf(new Uint8Array(original), new Uint8Array(drawn))], { type: blob.type })
}
