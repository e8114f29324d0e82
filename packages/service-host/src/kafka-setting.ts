import type { TopicSettings } from '@dulian/bus-kafka'
import { z } from 'zod'
import { hostError } from './errors.ts'

const DAY_MS = 86_400_000

const Wishes = z.strictObject({
  /** For life: a topic keeps the number it was created with. */
  partitions: z.coerce.number().int().min(1).max(1_000).optional(),
  /** 0: for ever. */
  'retention-days': z.coerce.number().int().min(0).max(36_500).optional(),
  replication: z.coerce.number().int().min(1).max(9).optional(),
})

export interface KafkaSetting {
  readonly address: string
  /** How a topic is created that is not there; the bus's own choice where nothing is wished. */
  readonly topics: (usual: TopicSettings) => TopicSettings
}

/** `kafka://a:9092,b:9092?partitions=12&retention-days=365&replication=3`. Throws `ENGINE_SETTING_INVALID`. */
export function readKafkaSetting(setting: string): KafkaSetting {
  const [address = '', query = ''] = setting.split('?', 2)
  const wishes = Wishes.safeParse(Object.fromEntries(new URLSearchParams(query)))
  if (!wishes.success) {
    const names = wishes.error.issues.flatMap(({ path, ...issue }) => ('keys' in issue ? issue.keys : path.map(String)))
    throw hostError('ENGINE_SETTING_INVALID', { port: 'DULIAN_BUS', names: names.join('、') })
  }
  const { partitions, 'retention-days': days, replication } = wishes.data
  return {
    address,
    topics: (usual) => ({
      ...usual,
      ...(partitions === undefined ? {} : { partitions }),
      ...(days === undefined ? {} : { retentionMs: days === 0 ? -1 : days * DAY_MS }),
      ...(replication === undefined ? {} : { replication }),
    }),
  }
}
