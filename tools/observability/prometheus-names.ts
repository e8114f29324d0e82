import type { MetricDeclaration } from '@dulian/http-kit'

/** Words that Prometheus' exporter puts behind a name for its unit; what is counted in braces gets none. */
const units: Readonly<Record<string, string>> = { s: 'seconds', By: 'bytes' }

/** The names under which a metric stands in Prometheus, as the collector writes them. */
export function prometheusNames({ name, unit, kind }: MetricDeclaration): readonly string[] {
  const parts = [name.replaceAll(/[^a-zA-Z0-9_]/g, '_')]
  const word = units[unit]
  if (word !== undefined) parts.push(word)
  else if (unit === '1' && kind === 'gauge') parts.push('ratio')
  else if (!unit.startsWith('{')) throw new TypeError(`no word for the unit ${unit} of ${name}`)
  const base = parts.join('_')
  if (kind === 'histogram') return [`${base}_bucket`, `${base}_count`, `${base}_sum`]
  return [kind === 'counter' ? `${base}_total` : base]
}

/** A label as Prometheus writes it: `http.route` → `http_route`. */
export function prometheusLabel(label: string): string {
  return label.replaceAll(/[^a-zA-Z0-9_]/g, '_')
}
