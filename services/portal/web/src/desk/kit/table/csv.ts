/**
 * A table as CSV that a spreadsheet opens as Chinese text. A cell that a spreadsheet would take for a formula gets an
 * apostrophe before it. The watermark, who took it out and when, stands below the rows, after an empty line.
 */
export function csvOf(head: readonly string[], rows: readonly (readonly string[])[], watermark: string): string {
  const line = (cells: readonly string[]): string => cells.map(cell).join(',')
  return `\ufeff${[head, ...rows, [], [watermark]].map(line).join('\r\n')}\r\n`
}

function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(?:\.\d+)?$/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}

/** Hands a text to the browser as a file to be saved. */
export function saveText(name: string, text: string, mediaType: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
