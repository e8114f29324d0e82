import type { ServerResponse } from 'node:http'
import type { Clock } from '@dulian/event-sourcing'
import { grantOf, securedRoute } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import type { BoardChanges } from './board-changes.ts'

const HEARTBEAT = 15_000

/**
 * `GET /board/stream`: server-sent events. `changed` with the position to ask the board for; a comment every 15 s
 * keeps proxies from closing it. Ends when the service stops; the browser connects again.
 */
export function boardStreamRoute(app: FastifyInstance, { changes, clock }: { changes: BoardChanges; clock: Clock }) {
  const open = new Set<ServerResponse>()
  app.addHook('preClose', (done) => {
    for (const response of open) response.end()
    done()
  })

  securedRoute(app, {
    method: 'GET',
    url: '/board/stream',
    permission: 'problem.read',
    summary: '挂图作战的变化通知',
    description: '事件 changed 的数据为 {"position": "…"}：带 Min-Position 重新查询 /board 即可看到变化。',
    tags: ['整改问责'],
    mediaType: 'text/event-stream',
    handler: (request, reply) => {
      const { scope } = grantOf(request)
      reply.hijack()
      const response = reply.raw
      const headers = Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined)
      response.writeHead(200, {
        ...Object.fromEntries(headers),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      response.write('retry: 3000\n\n')
      open.add(response)

      const stopWatching = changes.watch(scope.office, (position) => {
        response.write(`event: changed\nid: ${position}\ndata: ${JSON.stringify({ position })}\n\n`)
      })
      let stopBeating = (): void => {}
      const beat = (): void => {
        stopBeating = clock.after(HEARTBEAT, () => {
          response.write(': heartbeat\n\n')
          beat()
        })
      }
      beat()
      response.once('close', () => {
        stopBeating()
        stopWatching()
        open.delete(response)
      })
    },
  })
}
