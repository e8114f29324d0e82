import { z } from 'zod'

/** 责任单位 by its printed name. */
export const Body = z.object({ name: z.string().trim().min(1).max(200), role: z.enum(['lead', 'cooperating']) })
export type Body = z.infer<typeof Body>

/** 牵头单位; `assumed` when no document says so and the platform proposes it. */
export const Lead = z.object({ name: z.string(), assumed: z.boolean() })
export type Lead = z.infer<typeof Lead>

/**
 * Bodies with exactly one lead: the first that is printed as leading; else the first named; else the office itself.
 * The latter two are assumptions and marked as such.
 */
export function withLead(bodies: readonly Body[], office: string): { readonly bodies: Body[]; readonly lead: Lead } {
  const printed = bodies.find(({ role }) => role === 'lead')
  const name = printed?.name ?? bodies[0]?.name ?? office
  const others = bodies.filter((body) => body.name !== name)
  return {
    bodies: [{ name, role: 'lead' }, ...others.map((body): Body => ({ name: body.name, role: 'cooperating' }))],
    lead: { name, assumed: printed === undefined },
  }
}
