import type { EvidenceRef } from '@dulian/contracts'
import type { FileStore } from '@dulian/files'
import { rectificationError } from './errors.ts'

const SERVICE = 'rectification'

/**
 * Evidence as this service keeps it: that it is there, and its size and media type, come from the file store and not
 * from the client. Throws `EVIDENCE_NOT_FOUND` with the pointer of the one that is missing.
 */
export async function keptEvidence(
  files: FileStore,
  office: string,
  given: EvidenceRef,
  pointer: string,
): Promise<EvidenceRef> {
  const file = given.service === SERVICE ? await files.open(office, given.hash) : undefined
  if (file === undefined) throw rectificationError('EVIDENCE_NOT_FOUND', { name: given.name }, { pointer })
  file.content.destroy()
  return { hash: file.hash, name: given.name, mediaType: file.mediaType, size: file.size, service: SERVICE }
}
