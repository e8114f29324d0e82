import { fileTypeFromBuffer } from 'file-type'

/** What may be kept, by what the content is; the name and the client's word do not count. */
export const allowedMediaTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const

const textEncodings = ['utf-8', 'gb18030'] as const

/** The media type of a content, `undefined` when it is none of the allowed ones. Texts carry their encoding. */
export async function mediaTypeOf(content: Uint8Array): Promise<string | undefined> {
  const found = await sniff(content)
  if (found !== undefined)
    return allowedMediaTypes.find((type) => type === found || (type === 'image/heic' && found === 'image/heif'))
  const encoding = textEncodings.find((candidate) => isTextIn(candidate, content))
  return encoding === undefined ? undefined : `text/plain; charset=${encoding}`
}

async function sniff(content: Uint8Array): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(content))?.mime
  } catch {
    // A container cut short is none of the allowed types; its bytes will not pass as text either.
    return undefined
  }
}

/** Characters no text has: control characters other than tab, line ends and form feed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const notText = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/

function isTextIn(encoding: string, content: Uint8Array): boolean {
  try {
    return !notText.test(new TextDecoder(encoding, { fatal: true }).decode(content))
  } catch {
    return false
  }
}
