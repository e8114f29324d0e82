import { z } from 'zod'
import type { SourceFile } from '../check/source-tree.ts'
import type { Published } from '../generate/asyncapi.ts'

/** Folder of the released contracts; one file each, never edited. */
export const releasedFolder = 'contracts/released'
export const changelogFile = 'contracts/CHANGELOG.md'

const Schema = z.record(z.string(), z.unknown())

/** What a contract promises to writers and readers. */
const ContractPromise = z.object({
  topic: z.string(),
  audience: z.enum(['internal', 'public']),
  /** JSON Schema of what its writer puts on the bus. */
  written: Schema,
  /** JSON Schema of what its readers take. */
  accepted: Schema,
})
export type ContractPromise = z.infer<typeof ContractPromise>

const ReleasedEvent = ContractPromise.extend({
  /** A message of that time: every later version of the contract reads it. */
  example: z.unknown(),
})

const Release = z.object({
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  date: z.iso.date(),
  /** By type, `cn.dulian.<service>.<event>.v<version>`. */
  events: z.record(z.string(), ReleasedEvent),
})
export type Release = z.infer<typeof Release>

export function promiseOf({ topic, audience, schema }: Published): ContractPromise {
  return {
    topic,
    audience,
    written: z.toJSONSchema(schema, { io: 'output' }),
    accepted: z.toJSONSchema(schema, { io: 'input' }),
  }
}

export function makeRelease(version: string, date: string, published: readonly Published[]): Release {
  const sorted = published.toSorted((a, b) => (a.type < b.type ? -1 : 1))
  const events = sorted.map((event) => [
    event.type,
    { ...promiseOf(event), example: event.schema.parse(event.example) },
  ])
  return Release.parse({ version, date, events: Object.fromEntries(events) })
}

export function releaseFile(version: string): string {
  return `${releasedFolder}/${version}.json`
}

/** All releases, the oldest first. */
export function readReleases(sources: readonly SourceFile[]): readonly Release[] {
  return sources
    .filter(({ path }) => /^contracts\/released\/[^/]+\.json$/.test(path))
    .map(({ text }) => Release.parse(JSON.parse(text)))
    .toSorted((a, b) => compareVersions(a.version, b.version))
}

export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number))
  return (left ?? []).reduce((known, number, at) => known || number - (right?.[at] ?? 0), 0)
}
