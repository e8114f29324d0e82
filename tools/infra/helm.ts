import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseAllDocuments, stringify } from 'yaml'
import { z } from 'zod'

const root = join(import.meta.dirname, '..', '..')
export const chart: string = join(root, 'infra', 'helm', 'dulian')
const script = join(root, 'infra', 'helm', 'helm.sh')
/** The first use on a machine fetches the program. */
const PATIENCE_MS = 180_000
const NOTHING_TO_RUN = 3

/** Enough of a Kubernetes object to find it; what is in it the tests ask for themselves. */
export const Manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
})
export type Manifest = z.infer<typeof Manifest>

export interface HelmAnswer {
  readonly ok: boolean
  readonly output: string
  readonly error: string
}

/** Runs Helm: the program of this machine, or its library on a JDK; see infra/helm/helm.sh. */
export function helm(...parameters: string[]): HelmAnswer & { readonly missing: boolean } {
  const { status, stdout, stderr } = spawnSync('sh', [script, ...parameters], {
    encoding: 'utf8',
    timeout: PATIENCE_MS,
  })
  return { ok: status === 0, output: stdout, error: stderr, missing: status === NOTHING_TO_RUN }
}

/** What Helm makes of the chart with these values beside its own; `error` says why it refuses. */
export function render(values: object): HelmAnswer & { readonly manifests: readonly Manifest[] } {
  const folder = mkdtempSync(join(tmpdir(), 'dulian-chart-'))
  try {
    const file = join(folder, 'values.yaml')
    writeFileSync(file, stringify(values))
    const answer = helm('template', 'probe', chart, '--namespace', 'office', '--values', file)
    const manifests = answer.ok
      ? parseAllDocuments(answer.output)
          .map((document): unknown => document.toJS())
          .filter((document) => document !== null)
          .map((document) => Manifest.parse(document))
      : []
    return { ...answer, manifests }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
