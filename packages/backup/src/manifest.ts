import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { backupError } from './errors.ts'

/** Written last: a folder without it is no backup. */
export const MANIFEST = 'manifest.json'

const RelativePath = z
  .string()
  .min(1)
  .refine((path) => !path.startsWith('/') && !path.includes('\\') && !path.split('/').includes('..'), {
    message: 'not a path within the backup',
  })

export const BackedUpFile = z.object({ path: RelativePath, bytes: z.number().int(), sha256: z.string() })
export type BackedUpFile = z.infer<typeof BackedUpFile>

/** What a store's events came down to; see the fingerprint of migration. */
export const BackedUpStore = z.object({
  store: z.string(),
  events: z.number().int(),
  streams: z.number().int(),
  content: z.string(),
  order: z.string(),
})
export type BackedUpStore = z.infer<typeof BackedUpStore>

export const Manifest = z.object({
  format: z.literal(1),
  product: z.literal('dulian'),
  /** Version of the product that made it. */
  version: z.string(),
  /** ISO 8601 UTC; the moment that all databases are of. */
  takenAt: z.string(),
  files: z.array(BackedUpFile),
  stores: z.array(BackedUpStore),
  /** Evidence whose content was no longer what its name says, already in the instance; copied as it is. */
  damagedEvidence: z.array(z.string()),
})
export type Manifest = z.infer<typeof Manifest>

const Signed = z.object({ sha256: z.string(), manifest: z.unknown() })

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify({ sha256: hash('sha256', JSON.stringify(manifest)), manifest }, null, 2)}\n`
}

/** Throws `BACKUP_UNREADABLE`, and `BACKUP_DAMAGED` when the manifest itself was changed. */
export async function readManifest(folder: string): Promise<Manifest> {
  let text: string
  try {
    text = await readFile(join(folder, MANIFEST), 'utf8')
  } catch (cause) {
    throw backupError('BACKUP_UNREADABLE', { folder, found: `没有 ${MANIFEST}` }, { cause })
  }
  const damaged = (cause?: unknown) =>
    backupError('BACKUP_DAMAGED', { file: MANIFEST, found: '内容与其校验值不符' }, { cause })
  let signed: z.infer<typeof Signed>
  try {
    signed = Signed.parse(JSON.parse(text))
  } catch (cause) {
    throw damaged(cause)
  }
  if (signed.sha256 !== hash('sha256', JSON.stringify(signed.manifest))) throw damaged()
  const read = Manifest.safeParse(signed.manifest)
  if (read.success) return read.data
  throw backupError('BACKUP_UNREADABLE', { folder, found: '格式不是本版本认识的' }, { cause: read.error })
}
