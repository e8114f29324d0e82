import { fileError } from './errors.ts'
import { type FileReference, type FileStore, plainFileName } from './file-store.ts'

/**
 * A file that somebody names, as this service keeps it: that it is there, and its size and media type, come from the own
 * store and not from the client; the name is the one it is handed in under. Throws `FILE_NOT_UPLOADED` with the pointer when
 * it is not there, or is said to be kept elsewhere.
 */
export async function keptFile(
  files: Pick<FileStore, 'find'>,
  owner: { readonly office: string; readonly service: string },
  given: Pick<FileReference, 'hash' | 'name' | 'service'>,
  pointer: string,
): Promise<FileReference> {
  const { service } = owner
  const file = given.service === service ? await files.find(owner.office, given.hash) : undefined
  if (file === undefined) throw fileError('FILE_NOT_UPLOADED', { name: given.name }, { pointer })
  return { ...file, name: plainFileName(given.name), service }
}
