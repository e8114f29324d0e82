import { type Generator, SourceMissing } from './generator.ts'
import { loadExport } from './load-module.ts'

const source = 'services/standalone/src/index.ts'

/** docs/openapi.json: the HTTP interface of the whole instance. */
export const openapi: Generator = {
  name: 'openapi',
  output: 'docs/openapi.json',
  generate: async (root) => `${JSON.stringify(await loadOpenApi(root), null, 2)}\n`,
}

const loaded = new Map<string, Promise<Record<string, unknown>>>()

/** The document as the whole instance describes itself, its paths and schemas sorted. Building it takes a moment: once per run. */
export function loadOpenApi(root: string): Promise<Record<string, unknown>> {
  const existing = loaded.get(root)
  if (existing) return existing
  const loading = build(root)
  loaded.set(root, loading)
  return loading
}

async function build(root: string): Promise<Record<string, unknown>> {
  const openApiDocument = await loadExport(root, source, 'openApiDocument')
  if (typeof openApiDocument !== 'function') throw new SourceMissing(`function openApiDocument of ${source}`)
  const document: unknown = JSON.parse(JSON.stringify(await openApiDocument()))
  if (!isRecord(document) || typeof document.openapi !== 'string' || !isRecord(document.paths)) {
    throw new Error(`openApiDocument of ${source} answered no OpenAPI document`)
  }
  return sortDocument(document)
}

/** Registration order is an accident; sorted, a change shows as what it is. */
export function sortDocument(document: Record<string, unknown>): Record<string, unknown> {
  const { components } = document
  return {
    ...document,
    ...(isRecord(document.paths) ? { paths: sortKeys(document.paths) } : {}),
    ...(isRecord(components)
      ? {
          components: Object.fromEntries(
            Object.entries(sortKeys(components)).map(([kind, members]) => [
              kind,
              isRecord(members) ? sortKeys(members) : members,
            ]),
          ),
        }
      : {}),
  }
}

function sortKeys(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
