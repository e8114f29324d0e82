import type { EvidenceRef } from '../../api/types.ts'

/** Puts the references of uploaded pictures where a body names their place: `{ photosOf }` a list, `{ photoOf }` one. */
export function fillIn(body: unknown, evidence: ReadonlyMap<string, readonly EvidenceRef[]>): unknown {
  if (Array.isArray(body)) return body.map((part) => fillIn(part, evidence))
  if (typeof body !== 'object' || body === null) return body
  if ('photosOf' in body && typeof body.photosOf === 'string') return evidence.get(body.photosOf) ?? []
  if ('photoOf' in body && typeof body.photoOf === 'string') return evidence.get(body.photoOf)?.[0] ?? null
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, fillIn(value, evidence)]))
}
