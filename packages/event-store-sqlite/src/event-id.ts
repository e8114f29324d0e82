const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Throws `RangeError` for anything but a lower-case UUID. */
export function checkEventId(id: string): string {
  if (!UUID.test(id)) throw new RangeError(`an event id must be a lower-case UUID, found: ${id.slice(0, 60)}`)
  return id
}
