import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import type { DataScope } from './access.ts'
import type { Identity } from './identity.ts'
import { grantOf, kitOf, type RouteBasics, securedRoute } from './route-kit.ts'
import { withinTime } from './time-limit.ts'

type Parsed<S extends z.ZodType | undefined> = S extends z.ZodType ? z.output<S> : undefined

/** A file made for the one who asks. */
export interface MadeFile {
  /** With its extension, e.g. 通报.docx. */
  readonly name: string
  readonly bytes: Uint8Array
}

export interface DownloadRoute<P extends z.ZodType | undefined, Q extends z.ZodType | undefined> extends RouteBasics {
  readonly permission: string
  readonly params?: P
  readonly query?: Q
  readonly mediaType: string
  readonly handle: (input: {
    readonly params: Parsed<P>
    readonly query: Parsed<Q>
    readonly identity: Identity
    readonly scope: DataScope
  }) => Promise<MadeFile>
}

/** A route that makes a file (a letter, a table) and hands it out to be saved; nothing of it stays in a cache. */
export function download<P extends z.ZodType | undefined = undefined, Q extends z.ZodType | undefined = undefined>(
  app: FastifyInstance,
  route: DownloadRoute<P, Q>,
): void {
  const { permission, mediaType, handle, params, query, ...basics } = route
  securedRoute(app, {
    ...basics,
    method: 'GET',
    permission,
    mediaType,
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { query }),
    handler: async (request, reply) => {
      const { identity, scope } = grantOf(request)
      const given = { params: request.params as Parsed<P>, query: request.query as Parsed<Q>, identity, scope }
      const { name, bytes } = await withinTime(handle(given), kitOf(app).handleMs)
      return reply
        .headers({
          'cache-control': 'private, no-store',
          'content-length': String(bytes.byteLength),
          'content-disposition': `attachment; filename*=UTF-8''${encodedName(name)}`,
        })
        .type(mediaType)
        .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    },
  })
}

/** As RFC 8187 writes a name that is not ASCII. */
function encodedName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
