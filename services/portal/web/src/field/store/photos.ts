import { newId } from '../../api/idempotency-key.ts'
import type { FieldDatabase, StoredPhoto } from './field-database.ts'
import { shrinkPhoto } from './shrink-photo.ts'

/** Keeps pictures of an item, smaller than the camera made them; with where they were taken if that is wanted. */
export async function addPhotos(
  db: FieldDatabase,
  parentId: string,
  slot: string,
  files: readonly File[],
  keepPlace: boolean,
): Promise<void> {
  for (const file of files) {
    const picture = await shrinkPhoto(file, keepPlace)
    await db.photos.put({
      id: newId(),
      parentId,
      slot,
      name: picture.name,
      mediaType: picture.blob.type,
      size: picture.blob.size,
      bytes: await picture.blob.arrayBuffer(),
      takenAt: new Date().toISOString(),
      keepPlace,
    })
  }
}

/** Keeps a signature; a new one takes the place of the old. */
export async function putSignature(
  db: FieldDatabase,
  parentId: string,
  slot: string,
  image: Blob | undefined,
): Promise<void> {
  const bytes = await image?.arrayBuffer()
  await db.transaction('rw', db.photos, async () => {
    await db.photos.where({ parentId, slot }).delete()
    if (image === undefined || bytes === undefined) return
    const photo: StoredPhoto = {
      id: newId(),
      parentId,
      slot,
      name: '签名.png',
      mediaType: image.type,
      size: image.size,
      bytes,
      takenAt: new Date().toISOString(),
    }
    await db.photos.put(photo)
  })
}

export async function removePhoto(db: FieldDatabase, id: string): Promise<void> {
  await db.photos.delete(id)
}

export function blobOf(photo: StoredPhoto): Blob {
  return new Blob([photo.bytes], { type: photo.mediaType })
}
