import { createHash } from 'node:crypto'
import type { FileStore } from '@dulian/files'
import { fileError } from '@dulian/files'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { officeError } from '../errors.ts'
import { isPlanFileProblem, readPlanFile } from './parse/index.ts'

/** Bytes of a plan's file. */
export const LARGEST_PLAN = 20 * 1024 * 1024

/** What a request says about a plan's source: its text, or a file — sent along, or uploaded before by its hash. */
export const PlanSourceInput = z.object({
  fileName: z.string().trim().min(1).max(200),
  text: z.string().min(1).max(1_000_000).optional(),
  fileHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  year: z.coerce.number().int().min(1990).max(2100).optional(),
})
export type PlanSourceInput = z.infer<typeof PlanSourceInput>

const sentAlong = new WeakMap<FastifyRequest, Uint8Array>()

/**
 * Lets the routes of this plugin read `multipart/form-data` with one file: it becomes a body with the file's name and
 * hash and the other fields, so that the routes know one form of body only.
 */
export async function acceptPlanFiles(app: FastifyInstance): Promise<void> {
  await app.register(multipart, {
    limits: { files: 1, fields: 10, parts: 11, fileSize: LARGEST_PLAN, fieldSize: 10_000, headerPairs: 100 },
  })
  app.addHook('preValidation', async (request) => {
    if (!request.isMultipart()) return
    const body: Record<string, unknown> = {}
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        body[part.fieldname] = part.value
        continue
      }
      const bytes = await part.toBuffer()
      sentAlong.set(request, bytes)
      body.fileName ??= part.filename
      body.fileHash = createHash('sha256').update(bytes).digest('hex')
    }
    if (!sentAlong.has(request)) throw fileError('FILE_MISSING')
    request.body = body
  })
}

export interface PlanText {
  readonly text: string
  /** The file as it came. */
  readonly bytes: Uint8Array
}

/** The text of the plan a request speaks of. */
export async function readPlanText(
  request: FastifyRequest,
  body: PlanSourceInput,
  office: string,
  files: Pick<FileStore, 'open'>,
): Promise<PlanText> {
  if (body.text !== undefined && body.fileHash !== undefined) throw officeError('PLAN_SOURCE_MISSING')
  if (body.text !== undefined) return { text: body.text, bytes: Buffer.from(body.text) }
  const bytes = sentAlong.get(request) ?? (await storedBytes(body, office, files))
  const read = readPlanFile(bytes, body.fileName)
  if (isPlanFileProblem(read)) {
    throw officeError('PLAN_FILE_UNREADABLE', { reason: read.detail, problem: read.code }, { pointer: '/file' })
  }
  return { text: read, bytes }
}

async function storedBytes(body: PlanSourceInput, office: string, files: Pick<FileStore, 'open'>): Promise<Uint8Array> {
  if (body.fileHash === undefined) throw officeError('PLAN_SOURCE_MISSING')
  const file = await files.open(office, body.fileHash)
  if (file === undefined) throw fileError('FILE_NOT_FOUND')
  return Buffer.concat(await file.content.toArray())
}

/** Control characters that word processors leave in texts; a file store takes them for a sign of something else. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const residue = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/g

/**
 * Keeps the source with the office's files and answers its hash. A text in an encoding that the store does not take
 * for text is kept as UTF-8.
 */
export async function keepSource(
  files: Pick<FileStore, 'put'>,
  office: string,
  { text, bytes }: PlanText,
  name: string,
): Promise<string> {
  try {
    return (await files.put(office, bytes, { name })).hash
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'FILE_TYPE_NOT_ALLOWED')) throw error
    return (await files.put(office, Buffer.from(text.replace(residue, '')), { name })).hash
  }
}
