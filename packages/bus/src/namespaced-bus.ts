import type { Bus, DeadLetter } from './bus.ts'

/** A corner of a shared bus: its topics and groups bear the namespace there, and nobody in the corner sees it. */
export function namespacedBus(bus: Bus, namespace: string): Bus {
  const prefix = `${namespace}.`
  const inside = (name: string): string => name.slice(prefix.length)
  const letterInside = (letter: DeadLetter): DeadLetter => ({
    ...letter,
    group: inside(letter.group),
    message: { ...letter.message, topic: inside(letter.message.topic) },
  })
  return {
    check: () => bus.check(),
    publish: (topic, messages) => bus.publish(prefix + topic, messages),
    async subscribe(options) {
      const consumer = await bus.subscribe({
        ...options,
        group: prefix + options.group,
        topics: options.topics.map((topic) => prefix + topic),
        handle: (message) => options.handle({ ...message, topic: inside(message.topic) }),
      })
      return {
        caughtUp: () => consumer.caughtUp(),
        lag: async () =>
          Object.fromEntries(Object.entries(await consumer.lag()).map(([topic, lag]) => [inside(topic), lag])),
        lastActivity: () => consumer.lastActivity(),
        close: () => consumer.close(),
      }
    },
    async deadLetters(group) {
      const letters = await bus.deadLetters(group === undefined ? undefined : prefix + group)
      return letters.filter((letter) => letter.group.startsWith(prefix)).map(letterInside)
    },
    replay: (id) => bus.replay(id),
    skip: (id) => bus.skip(id),
    close: () => bus.close(),
  }
}
