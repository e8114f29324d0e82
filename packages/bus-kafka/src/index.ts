export type { BusLog } from './bus-log.ts'
export { type KafkaBusOptions, openKafkaBus } from './kafka-bus.ts'
export { DEFAULT_TOPIC, type TopicSettings } from './topics.ts'
