import type { Where } from '@dulian/views'
import { type DataScope, scopeWhere } from './access.ts'

/** What a field must be for no document at all to match. */
const nothing = { in: [] } as const

/**
 * A list's filters within what the asker may see: a filter can narrow the scope, never replace it. Where the two differ
 * nothing matches, for what lies outside the scope does not exist.
 */
export function scopedWhere(scope: DataScope, filters: Where): Where {
  const limits = scopeWhere(scope)
  const where: { [field: string]: Where[string] } = { ...filters, ...limits }
  for (const [field, limit] of Object.entries(limits)) {
    const asked = filters[field]
    if (asked !== undefined && asked !== limit) where[field] = nothing
  }
  return where
}
