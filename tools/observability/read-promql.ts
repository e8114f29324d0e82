/** What a PromQL expression speaks of. */
export interface Spoken {
  readonly metrics: ReadonlySet<string>
  readonly labels: ReadonlySet<string>
}

const words = new Set(['or', 'and', 'unless', 'bool', 'offset', 'inf', 'nan', 'atan2'])
const groups = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/gi

/** Metrics and labels named in an expression, or in a variable's `label_values(metric, label)`. No full parser. */
export function readPromql(expression: string): Spoken {
  const labels = new Set<string>()
  const values = /^label_values\(([^,]+),\s*(\w+)\)$/.exec(expression)
  if (values?.[1] !== undefined && values[2] !== undefined) {
    labels.add(values[2])
    return { metrics: readPromql(values[1]).metrics, labels }
  }
  const bare = expression
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
    .replaceAll(/\{([^}]*)\}/g, (_, matchers: string) => {
      for (const [, label] of matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)) labels.add(label ?? '')
      return ''
    })
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(groups, (_, list: string) => {
      for (const label of list.split(',')) if (label.trim() !== '') labels.add(label.trim())
      return ''
    })
  const metrics = [...bare.matchAll(/(?<![\w.])[a-zA-Z_:][\w:]*(?!\w*\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => !words.has(name.toLowerCase()))
  return { metrics: new Set(metrics), labels }
}
