/** An address as text, in the parts that the router wants: `/schools?zoneId=…` → path and search. */
export function linkTarget(address: string): { to: string; search: never } {
  const [to = '/', query = ''] = address.split('?', 2)
  return { to, search: Object.fromEntries(new URLSearchParams(query)) as never }
}
