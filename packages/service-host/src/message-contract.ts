import type { z } from 'zod'

/** What the host must know of a published event; `contracts` declares them. */
export interface MessageContract<S extends z.ZodType = z.ZodType> {
  readonly service: string
  /** Topic on the bus: one per publishing service. */
  readonly topic: string
  /** `cn.dulian.<service>.<name>.v<version>` */
  readonly type: string
  readonly schema: S
}
