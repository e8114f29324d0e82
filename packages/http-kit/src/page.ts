import { z } from 'zod'

/** Answer of a list: its items and the cursor of the next page, absent on the last. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().optional() })
}

/** `?limit=&cursor=` of every list; spread its shape into a list's own query schema. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(4000).optional(),
})
export type PageQuery = z.infer<typeof PageQuery>
