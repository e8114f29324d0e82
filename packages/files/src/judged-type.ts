import { fileError } from './errors.ts'
import { mediaTypeOf } from './media-type.ts'
import { MOST_PIXELS, photoShape } from './photo-shape.ts'

const MB = 1_048_576

interface Kind {
  readonly title: string
  readonly largest: number
  /** Endings that promise this kind. */
  readonly endings: RegExp
  readonly owns: (mediaType: string) => boolean
}

const kinds: readonly Kind[] = [
  {
    title: '照片',
    largest: 15 * MB,
    endings: /\.(?:jpe?g|png|webp|hei[cf]|gif|bmp|tiff?)$/i,
    owns: (mediaType) => mediaType.startsWith('image/'),
  },
  { title: 'PDF', largest: 20 * MB, endings: /\.pdf$/i, owns: (mediaType) => mediaType === 'application/pdf' },
  {
    title: 'Word 文档',
    largest: 20 * MB,
    endings: /\.docx?$/i,
    owns: (mediaType) => mediaType.includes('wordprocessing'),
  },
  {
    title: 'Excel 表格',
    largest: 20 * MB,
    endings: /\.xlsx?$/i,
    owns: (mediaType) => mediaType.includes('spreadsheet'),
  },
  { title: '文本', largest: 2 * MB, endings: /\.(?:txt|csv|md)$/i, owns: (mediaType) => mediaType.startsWith('text/') },
]

/** Pages and pictures with scripts in them, which a browser would run whatever their name. */
const markup = /^\ufeff?\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|iframe|svg|\?xml|\?php|%)/i

/**
 * The media type of a content that may be kept under this name. The content alone decides what it is; a name that promises
 * something else is refused, because people open files by their names. Throws `FILE_TYPE_NOT_ALLOWED`,
 * `FILE_NAME_MISLEADS`, `FILE_KIND_TOO_LARGE`, `PHOTO_UNREADABLE`, `PHOTO_TOO_LARGE`.
 */
export async function judgedType(content: Buffer, name: string): Promise<string> {
  const mediaType = await mediaTypeOf(content)
  const found = kinds.find(({ owns }) => mediaType !== undefined && owns(mediaType))
  const said = kinds.find(({ endings }) => endings.test(name))
  if (mediaType === undefined || found === undefined) throw fileError('FILE_TYPE_NOT_ALLOWED', { name })
  const isMarkup = found.title === '文本' && markup.test(content.toString('utf8', 0, 4_096))
  if (said !== undefined && (isMarkup || said !== found)) {
    const words = isMarkup ? '网页或程序' : found.title
    throw fileError('FILE_NAME_MISLEADS', { name, said: said.title, found: words })
  }
  if (isMarkup) throw fileError('FILE_TYPE_NOT_ALLOWED', { name })
  if (content.byteLength > found.largest) {
    const size = (content.byteLength / MB).toFixed(1)
    throw fileError('FILE_KIND_TOO_LARGE', { kind: found.title, limit: found.largest / MB, name, size })
  }
  if (found.title === '照片') requirePhoto(content, mediaType, name)
  return mediaType
}

function requirePhoto(content: Buffer, mediaType: string, name: string): void {
  const shape = photoShape(content, mediaType)
  if (typeof shape === 'string') throw fileError('PHOTO_UNREADABLE', { name, found: shape })
  if (shape.width * shape.height <= MOST_PIXELS) return
  throw fileError('PHOTO_TOO_LARGE', { name, ...shape, limit: MOST_PIXELS / 10_000 })
}
