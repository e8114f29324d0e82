import { type DataScope, scopeWhere } from '@dulian/http-kit'
import type { Where } from '@dulian/views'

/** Matches no stored value: what a filter outside the scope becomes. */
const NOTHING = '\u0001'

/** A list's filters within what the asker may see: a filter can narrow the scope, never replace it. */
export function scopedWhere(
  scope: DataScope,
  filters: { readonly [field: string]: string | boolean | undefined },
): Where {
  const limits = scopeWhere(scope)
  const where: { [field: string]: Where[string] } = { ...limits }
  for (const [field, value] of Object.entries(filters)) {
    if (value === undefined) continue
    const limit = limits[field]
    where[field] = limit === undefined || limit === value ? value : NOTHING
  }
  return where
}
