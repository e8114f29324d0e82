/** How to show both versions of a thing when somebody else was quicker. */
export interface ConflictGuide {
  /** The thing as it was when the form was opened. */
  readonly seen: object
  /** Reads it as it is now. */
  readonly reload: () => Promise<object & { version: number }>
  /** Fields worth comparing, by their names in the thing and in the form. */
  readonly labels: Readonly<Record<string, string>>
  readonly format?: (field: string, value: unknown) => string
}

export interface Difference {
  readonly field: string
  readonly label: string
  readonly seen: string
  readonly now: string
  readonly mine: string | undefined
  readonly changed: boolean
}

/** Field by field: what was seen, what is there now, what is about to be submitted. */
export function differencesOf(
  guide: ConflictGuide,
  now: object,
  mine: Readonly<Record<string, unknown>>,
): Difference[] {
  const format = guide.format ?? ((_field: string, value: unknown) => plain(value))
  const seenFields = new Map(Object.entries(guide.seen))
  const nowFields = new Map(Object.entries(now))
  return Object.entries(guide.labels).map(([field, label]) => {
    const before = format(field, seenFields.get(field))
    const after = format(field, nowFields.get(field))
    return {
      field,
      label,
      seen: before,
      now: after,
      mine: field in mine ? format(field, mine[field]) : undefined,
      changed: before !== after,
    }
  })
}

function plain(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (Array.isArray(value)) return value.map(plain).join('、')
  return Object.values(value).map(plain).join(' ')
}
