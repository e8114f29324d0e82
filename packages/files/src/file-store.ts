import type { Readable } from 'node:stream'

/** What is known of a file once it is kept; put this into events, never the client's own claims. */
export interface StoredFile {
  /** SHA-256 of the content, lower-case hex. */
  readonly hash: string
  readonly size: number
  /** Found by looking into the content. */
  readonly mediaType: string
  readonly name: string
}

/** A kept file and the service that keeps it; that service's `/files/<hash>` serves it. */
export interface FileReference extends StoredFile {
  readonly service: string
}

export interface OpenedFile extends StoredFile {
  /** Not yet flowing; destroy it when it is not read to its end. */
  readonly content: Readable
}

/** Drawn from a kept photograph; small enough to be held in memory. */
export interface SmallPicture {
  readonly content: Uint8Array
  readonly mediaType: 'image/jpeg'
  readonly name: string
}

export interface AboutFile {
  readonly name: string
  /** Subject of whoever hands it in. */
  readonly by?: string
  /** Leave in a photograph where it was taken; taken out when absent. */
  readonly keepPlace?: boolean
}

export type FileContent = Uint8Array | AsyncIterable<Uint8Array>

/** Evidence by its content, apart for each office. A file once kept never changes and is kept once. */
export interface FileStore {
  /** Throws `FILE_TOO_LARGE`, `FILE_EMPTY`, `FILE_TYPE_NOT_ALLOWED` or `STORAGE_FULL`, and then nothing is left behind. */
  put(office: string, content: FileContent, about: AboutFile): Promise<StoredFile>
  open(office: string, hash: string): Promise<OpenedFile | undefined>
  /**
   * A photograph as a JPEG of at most 480 pixels on its longer side, upright and without metadata; `undefined` when it is not
   * there, is small already or cannot be drawn: then `open` has what is to be shown.
   */
  openSmall(office: string, hash: string): Promise<SmallPicture | undefined>
  /** What is known of a kept file, without its content. */
  find(office: string, hash: string): Promise<StoredFile | undefined>
  /** Whether this person handed it in: until a thing names it, it is theirs alone. */
  isFrom(office: string, hash: string, subject: string): Promise<boolean>
}

export const LARGEST_FILE = 20 * 1024 * 1024

const HASH = /^[0-9a-f]{64}$/
const OFFICE = /^[a-z][a-z0-9]{1,31}$/

export function isFileHash(text: string): boolean {
  return HASH.test(text)
}

export function isOfficeId(text: string): boolean {
  return OFFICE.test(text)
}

/** The last step of a path, without control characters, at most 120 characters: fit to be shown and offered for saving. */
export function plainFileName(given: string): string {
  const last = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '')
    .trim()
    .replace(/^\.+/, '')
  const letters = [...plain]
  if (letters.length === 0) return '未命名文件'
  if (letters.length <= 120) return plain
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(plain)?.[0] ?? ''
  return letters.slice(0, 120 - ending.length).join('') + ending
}
