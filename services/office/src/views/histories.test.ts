import { historySuite } from '@dulian/history/testing'
import { officeStory } from '../../test/office-story.ts'
import { plansProjection } from './plans/projection.ts'
import { plansHistory } from './plans-history/projection.ts'
import { tasksProjection } from './tasks/projection.ts'
import { tasksHistory } from './tasks-history/projection.ts'

/** The story happens on one day; told with a week between two events, most of its own days lie before the recording. */
const spread = officeStory().events.map((event, place) => ({
  ...event,
  time: new Date(Date.UTC(2026, 0, 5 + place * 7, 2)).toISOString(),
}))

historySuite(tasksHistory, tasksProjection, spread)
historySuite(plansHistory, plansProjection, spread)
