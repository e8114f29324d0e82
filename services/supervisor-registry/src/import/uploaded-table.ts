import { createHash } from 'node:crypto'
import { fileError, plainFileName } from '@dulian/files'
import { type ReadSheet, readTableFileApart } from '@dulian/spreadsheets'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'

/** Bytes of a table. */
export const LARGEST_TABLE = 20 * 1024 * 1024
/** As base64 in JSON, with what stands around it. */
export const TABLE_BODY_LIMIT = Math.ceil((LARGEST_TABLE * 4) / 3) + 65_536

/** The table a request brings: as a form with one file, or in JSON as base64. */
export const TableInput = z.object({
  fileName: z.string().trim().min(1).max(200),
  content: z.base64().max(TABLE_BODY_LIMIT).optional(),
  /** SHA-256; put in by the server for a file that came as a form. */
  fileHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})
export type TableInput = z.infer<typeof TableInput>

const sentAlong = new WeakMap<FastifyRequest, Uint8Array>()

/**
 * Lets the routes of this plugin read `multipart/form-data` with one file: it becomes a body with the file's name and hash,
 * so that the routes know one form of body only, and a repeated command is recognised by it.
 */
export async function acceptTables(app: FastifyInstance): Promise<void> {
  await app.register(multipart, {
    limits: { files: 1, fields: 5, parts: 6, fileSize: LARGEST_TABLE, fieldSize: 1_000, headerPairs: 100 },
  })
  app.addHook('preValidation', async (request) => {
    if (!request.isMultipart()) return
    const body: Record<string, unknown> = {}
    try {
      for await (const part of request.parts()) {
        if (part.type === 'field') continue
        const bytes = await part.toBuffer()
        sentAlong.set(request, bytes)
        body.fileName = plainFileName(part.filename ?? '')
        body.fileHash = hashOf(bytes)
      }
    } catch (error) {
      throw error instanceof Error && 'code' in error ? error : fileError('UPLOAD_BROKEN', {}, { cause: error })
    }
    if (!sentAlong.has(request)) throw fileError('FILE_MISSING')
    request.body = body
  })
}

export interface UploadedTable {
  readonly fileName: string
  readonly fileHash: string
  readonly sheets: readonly ReadSheet[]
}

/** Throws `FILE_MISSING`, `FILE_TOO_LARGE`, and what `readTableFileApart` says of a file that is no table. */
export async function readUploaded(request: FastifyRequest, { fileName, content }: TableInput): Promise<UploadedTable> {
  const bytes = sentAlong.get(request) ?? (content === undefined ? undefined : Buffer.from(content, 'base64'))
  if (bytes === undefined) throw fileError('FILE_MISSING')
  if (bytes.byteLength > LARGEST_TABLE) throw fileError('FILE_TOO_LARGE', { limit: LARGEST_TABLE / 1_048_576 })
  const name = plainFileName(fileName)
  return { fileName: name, fileHash: hashOf(bytes), sheets: await readTableFileApart(bytes, name) }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
