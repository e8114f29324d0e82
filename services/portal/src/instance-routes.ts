import type { AuditRecorder } from '@dulian/audit'
import { grantOf, publicRoute, securedRoute } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

const InstanceAnswer = z.object({
  /** Whether invented schools and people are in it. */
  demoData: z.boolean(),
  /** Whether it can be emptied from here. */
  clearable: z.boolean(),
})

/** What the web application must know of the whole instance, and the one thing that changes it. */
export function instanceRoutes(
  app: FastifyInstance,
  options: {
    readonly demoData: () => boolean
    /** Empties the instance; absent where that is not for this process to do. */
    readonly clearDemo?: (() => void) | undefined
    readonly audit?: AuditRecorder | undefined
  },
): void {
  const tags = ['系统']
  const { demoData } = options

  publicRoute(app, {
    method: 'GET',
    url: '/system/instance',
    summary: '本实例是否含演示数据',
    tags,
    because: 'the sign-in page must say that what it shows is invented',
    answer: InstanceAnswer,
    handler: (_request, reply) =>
      reply.send({ demoData: demoData(), clearable: demoData() && options.clearDemo !== undefined }),
  })

  securedRoute(app, {
    method: 'POST',
    url: '/system/demo/clear',
    permission: 'system.operate',
    summary: '清除演示数据，从空白实例开始',
    tags,
    answer: z.object({ clearing: z.boolean() }),
    handler: async (request, reply) => {
      const clearing = demoData() && options.clearDemo !== undefined
      if (clearing) {
        const { identity } = grantOf(request)
        // The trail outlives what is cleared.
        await options.audit?.record({ action: 'operated', by: identity, object: 'demo', objectName: '清除演示数据' })
      }
      if (clearing) reply.raw.once('finish', () => options.clearDemo?.())
      return reply.code(202).send({ clearing })
    },
  })
}
