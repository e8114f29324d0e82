import type { DeliveredMessage } from '@dulian/bus'

/**
 * While a contract has two versions in use, its publisher tells each fact in both. These extensions let everybody hear it once:
 * an older message names the newer ones that come with it, and a newer one the id under which older hearers know the fact.
 */
const NEWER = 'newertypes'
const FACT = 'factid'

/**
 * What one of the messages of an event says of the others that tell the same in another version; nothing when there are none. An
 * event may tell several things under one type: the n-th of one version is the n-th of the other.
 */
export function versionsBeside(
  index: number,
  types: readonly string[],
  ids: readonly string[],
): Readonly<Record<string, string>> {
  const type = types[index] ?? ''
  const own = versionOf(type)
  const family = [...new Set(types)].filter((one) => versionOf(one).name === own.name)
  const newer = family.filter((one) => versionOf(one).version > own.version)
  const [oldest = type] = family.toSorted((a, b) => versionOf(a).version - versionOf(b).version)
  const nth = types.slice(0, index).filter((one) => one === type).length
  const fact = ids.filter((_, at) => types[at] === oldest)[nth]
  return {
    ...(newer.length === 0 ? {} : { [NEWER]: newer.join(' ') }),
    ...(oldest === type || fact === undefined ? {} : { [FACT]: fact }),
  }
}

/** Whether the same fact also comes in a newer version that is listened to. */
export function comesNewer(message: DeliveredMessage, known: ReadonlyMap<string, unknown>): boolean {
  return message.extensions[NEWER]?.split(' ').some((type) => known.has(type)) ?? false
}

/** The same for all versions that tell of a fact, so that it is stored once, whatever was heard of it before. */
export function factOf(message: DeliveredMessage): string {
  return message.extensions[FACT] ?? message.id
}

/** `cn.dulian.tower.bell-heard.v2` → the name before the version, and 2. */
function versionOf(type: string): { readonly name: string; readonly version: number } {
  const [, name = type, version = '0'] = /^(.*)\.v(\d+)$/.exec(type) ?? []
  return { name, version: Number(version) }
}
