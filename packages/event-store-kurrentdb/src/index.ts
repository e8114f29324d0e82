export {
  type KurrentEvents,
  type KurrentEventsOptions,
  type KurrentTimes,
  openKurrentEvents,
} from './kurrent-events.ts'
