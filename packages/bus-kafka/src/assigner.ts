import kafkajs, { type Cluster, type GroupMember, type PartitionAssigner } from 'kafkajs'
import { deadLetterTopic } from './topics.ts'

const { AssignerProtocol } = kafkajs
const VERSION = 1

/**
 * Shares partitions out evenly among the members that asked for their topic (the client's own assigner gives a member
 * topics it never asked for), and gives the dead letters of a partition to whoever gets the partition.
 *
 * `beforeJoin` is called each time the client is about to ask for a new share; by throwing it has the client ask later.
 */
export function partitionAssigner(beforeJoin: () => void): PartitionAssigner {
  return ({ cluster, groupId }) => ({
    name: 'dulian',
    version: VERSION,
    protocol({ topics }) {
      beforeJoin()
      const metadata = { version: VERSION, topics, userData: Buffer.alloc(0) }
      return { name: 'dulian', metadata: AssignerProtocol.MemberMetadata.encode(metadata) }
    },
    async assign({ members }) {
      const wishes = new Map(members.map((member) => [member.memberId, topicsOf(member)]))
      const topics = [...new Set([...wishes.values()].flat())].sort()
      await cluster.addMultipleTargetTopics(topics)
      const shares = shareOut(wishes, topics, (topic) => partitionsOf(cluster, topic), groupId)
      return [...shares].map(([memberId, assignment]) => ({
        memberId,
        memberAssignment: AssignerProtocol.MemberAssignment.encode({
          version: VERSION,
          assignment,
          userData: Buffer.alloc(0),
        }),
      }))
    },
  })
}

/** Exported for its test. `topics` are those of all members, dead letters among them. */
export function shareOut(
  wishes: ReadonlyMap<string, readonly string[]>,
  topics: readonly string[],
  partitions: (topic: string) => readonly number[],
  group: string,
): Map<string, Record<string, number[]>> {
  const shares = new Map([...wishes.keys()].sort().map((member): [string, Record<string, number[]>] => [member, {}]))
  const counts = new Map([...shares.keys()].map((member) => [member, 0]))
  const deadLetters = new Set(topics.map((topic) => deadLetterTopic(topic, group)))
  for (const topic of topics) {
    if (deadLetters.has(topic)) continue
    const candidates = [...shares.keys()].filter((member) => wishes.get(member)?.includes(topic))
    const setAside = new Set(
      topics.includes(deadLetterTopic(topic, group)) ? partitions(deadLetterTopic(topic, group)) : [],
    )
    for (const partition of partitions(topic)) {
      const [first, ...others] = candidates
      if (first === undefined) break
      const least = others.reduce((best, one) => ((counts.get(one) ?? 0) < (counts.get(best) ?? 0) ? one : best), first)
      counts.set(least, (counts.get(least) ?? 0) + 1)
      give(shares.get(least), topic, partition)
      if (setAside.has(partition)) give(shares.get(least), deadLetterTopic(topic, group), partition)
    }
  }
  return shares
}

function give(share: Record<string, number[]> | undefined, topic: string, partition: number): void {
  if (share === undefined) return
  share[topic] ??= []
  share[topic].push(partition)
}

function topicsOf({ memberMetadata }: GroupMember): string[] {
  return AssignerProtocol.MemberMetadata.decode(memberMetadata)?.topics ?? []
}

function partitionsOf(cluster: Cluster, topic: string): number[] {
  return cluster
    .findTopicPartitionMetadata(topic)
    .map(({ partitionId }) => partitionId)
    .sort((one, other) => one - other)
}
