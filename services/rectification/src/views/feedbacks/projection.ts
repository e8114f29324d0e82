import { defineProjection, on, streamOf } from '@dulian/event-sourcing'
import { type FeedbackRegistered, feedbackEvents } from '../../feedback/events.ts'

export type FeedbackDocument = FeedbackRegistered & {
  readonly office: string
  readonly feedbackId: string
  readonly version: number
}

/** 反馈文件, newest first. */
export const feedbacksProjection = defineProjection(
  { name: 'feedbacks', revision: 1, collections: { feedbacks: { indexes: { byDay: ['office', 'registeredOn'] } } } },
  [
    on(feedbackEvents, {
      FeedbackRegistered: ({ data, envelope }, unit) => {
        const { office, id: feedbackId } = streamOf({ envelope })
        unit.put('feedbacks', feedbackId, { ...data, office, feedbackId, version: envelope.version })
      },
    }),
  ],
)
