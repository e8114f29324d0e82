import { defineStream, deterministicId } from '@dulian/event-sourcing'
import { type ActivitySheetEvent, activitySheetEvents } from './events.ts'
import { type ActivitySheet, evolveActivitySheet, initialActivitySheet } from './state.ts'

/** 年度履职活动: one stream per government supervisor and year. */
export const activitySheetStream = defineStream<ActivitySheet, ActivitySheetEvent>({
  category: 'activitySheet',
  events: activitySheetEvents,
  initial: initialActivitySheet,
  evolve: evolveActivitySheet,
})

/** The sheet of a year; of a day it is the year the day lies in. */
export function sheetIdOf(supervisorId: string, day: string): string {
  return deterministicId('activity-sheet', supervisorId, day.slice(0, 4))
}
