import { type DataScope, grantOf, securedRoute } from '@dulian/http-kit'
import type { MultipartFile } from '@fastify/multipart'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { fileError } from './errors.ts'
import type { FileStore, StoredFile } from './file-store.ts'
import { isFileHash, LARGEST_FILE } from './file-store.ts'

export interface FileRoutesOptions {
  readonly files: FileStore
  /** One, or several of which any will do. */
  readonly permissionToRead: string | readonly string[]
  readonly permissionToWrite: string | readonly string[]
  /**
   * Whether somebody who does not see the whole office may see this file, through a thing that names it. Without it they
   * see what they handed in themselves and nothing else.
   */
  readonly isVisible?: (scope: DataScope, hash: string) => Promise<boolean>
  /** Bytes; 20 MB when absent. */
  readonly largest?: number
  readonly tags?: readonly string[]
}

export const StoredFileAnswer = z.object({
  hash: z.string(),
  size: z.number().int(),
  mediaType: z.string(),
  name: z.string(),
})

/**
 * `POST /files` (multipart, one file) and `GET /files/:hash` (`?size=small` for photographs in lists), both within the own office. Uploading asks for no
 * `Idempotency-Key`: the same content is the same file.
 */
export async function fileRoutes(app: FastifyInstance, options: FileRoutesOptions): Promise<void> {
  const largest = options.largest ?? LARGEST_FILE
  const tags = options.tags === undefined ? {} : { tags: options.tags }
  // A plugin of its own, so that no other route reads multipart bodies.
  await app.register(async (inner) => {
    await inner.register(multipart, {
      limits: { files: 1, fields: 10, parts: 11, fileSize: largest, fieldSize: 10_000, headerPairs: 100 },
    })
    securedRoute(inner, {
      ...tags,
      method: 'POST',
      url: '/files',
      summary: '上传一个文件（照片、PDF、Word、Excel、文本）',
      permission: options.permissionToWrite,
      consumes: 'multipart/form-data',
      // Where a photograph was taken is personal: it stays only when whoever took it wants that.
      query: z.object({ place: z.enum(['keep', 'strip']).default('strip') }),
      answer: StoredFileAnswer,
      status: 201,
      bodyLimit: largest + 65_536,
      handler: async (request, reply) => {
        const { identity } = grantOf(request)
        const part = await firstFile(request)
        if (part === undefined) throw fileError('FILE_MISSING')
        const stored = await options.files.put(identity.office, whole(part.file, largest), {
          name: part.filename ?? '',
          by: identity.subject,
          keepPlace: (request.query as { place?: string }).place === 'keep',
        })
        return reply.code(201).send(stored)
      },
    })
    securedRoute(inner, {
      ...tags,
      method: 'GET',
      url: '/files/:hash',
      summary: '查看一个文件',
      permission: options.permissionToRead,
      params: z.object({ hash: z.string() }),
      // Small: a photograph of at most 480 pixels on its longer side, where one can be drawn; everything else whole.
      query: z.object({ size: z.enum(['whole', 'small']).default('whole') }),
      mediaType: 'application/octet-stream',
      handler: async (request, reply) => {
        const { identity, scope } = grantOf(request)
        const { hash } = request.params as { hash: string }
        const mayRead =
          isFileHash(hash) &&
          (scope.kind === 'office' ||
            (await options.files.isFrom(identity.office, hash, identity.subject)) ||
            (await options.isVisible?.(scope, hash)) === true)
        const found = mayRead ? await options.files.find(identity.office, hash) : undefined
        if (found === undefined) throw fileError('FILE_NOT_FOUND')
        const given = request.headers['if-none-match'] ?? ''
        const headers = (etag: string) => ({
          etag,
          'cache-control': 'private, max-age=31536000, immutable',
          'content-security-policy': "sandbox; default-src 'none'",
        })
        if ((request.query as { size?: string }).size === 'small') {
          const etag = `"${hash}-small"`
          if (given.includes(etag)) return reply.headers(headers(etag)).code(304).send()
          const small = await options.files.openSmall(identity.office, hash)
          if (small !== undefined) {
            return reply
              .headers({ ...headers(etag), 'content-disposition': dispositionOf(small) })
              .type(small.mediaType)
              .send(Buffer.from(small.content))
          }
        }
        const etag = `"${hash}"`
        reply.headers(headers(etag))
        if (given.includes(etag)) return reply.code(304).send()
        const file = await options.files.open(identity.office, hash)
        if (file === undefined) throw fileError('FILE_NOT_FOUND')
        return reply
          .headers({ 'content-length': String(file.size), 'content-disposition': dispositionOf(file) })
          .type(file.mediaType)
          .send(file.content)
      },
    })
  })
}

async function firstFile(request: FastifyRequest): Promise<MultipartFile> {
  let part: MultipartFile | undefined
  try {
    part = await request.file()
  } catch (error) {
    throw brokenUpload(error)
  }
  if (part === undefined) throw fileError('FILE_MISSING')
  return part
}

/** The parser cuts a file at its limit and says so only afterwards; a cut file must not pass for a whole one. */
async function* whole(
  stream: AsyncIterable<Uint8Array> & { readonly truncated?: boolean },
  largest: number,
): AsyncIterable<Uint8Array> {
  try {
    yield* stream
  } catch (error) {
    throw brokenUpload(error)
  }
  if (stream.truncated === true) throw fileError('FILE_TOO_LARGE', { limit: Math.floor(largest / 1_048_576) })
}

/** The form parser throws plain errors for forms it cannot read; its coded ones already have a status. */
function brokenUpload(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error : fileError('UPLOAD_BROKEN', {}, { cause: error })
}

function dispositionOf(file: Pick<StoredFile, 'mediaType' | 'name'>): string {
  const shown =
    file.mediaType.startsWith('image/') || file.mediaType.startsWith('text/') || file.mediaType === 'application/pdf'
  const name = encodeURIComponent(file.name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`
}
