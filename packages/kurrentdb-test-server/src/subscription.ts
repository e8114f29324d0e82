import { randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'

import type { FilterOptions } from './event-filter.ts'
import type { EventLog } from './event-log.ts'
import type { ResponseStream } from './response-stream.ts'
import { invalidArgument, streamDeleted } from './rpc-failure.ts'
import { BEFORE_ALL, comparePositions, type LogPosition, positionOf, type StoredEvent } from './stored-event.ts'
import { writeReadEvent } from './wire-values.ts'

/** Events read at a time, and live events kept for a slow client before it has fallen behind. */
const PAGE = 32
/** Events passed over before other work gets its turn. */
const TURN = 1024

interface Subscription {
  readonly log: EventLog
  readonly responses: ResponseStream
  readonly idsAsText: boolean
}

export interface AllSubscription extends Subscription {
  /** The last position the client knows (exclusive), or where to begin. */
  readonly from: LogPosition | 'start' | 'end'
  readonly filter: FilterOptions | undefined
}

export interface StreamSubscription extends Subscription {
  readonly stream: string
  /** The last revision the client knows (exclusive), or where to begin. */
  readonly from: number | 'start' | 'end'
}

async function confirm(responses: ResponseStream): Promise<void> {
  const confirmation = new streamsPb.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID())
  await responses.send(new streamsPb.ReadResp().setConfirmation(confirmation))
}

async function announceCaughtUp(responses: ResponseStream): Promise<void> {
  await responses.send(new streamsPb.ReadResp().setCaughtUp(new streamsPb.ReadResp.CaughtUp()))
}

/**
 * Follows `$all`: confirmation, what is there, `caughtUp`, then what comes. With a filter a checkpoint is sent at least
 * once per interval of events looked at, and once at the end of catching up. A client that falls behind by more than a
 * page is brought up again from the log and told `caughtUp` anew.
 */
export async function followAll({ log, responses, idsAsText, from, filter }: AllSubscription): Promise<never> {
  await confirm(responses)
  const lastEvent = log.event(log.count - 1)
  const lastPosition = lastEvent === undefined ? BEFORE_ALL : positionOf(lastEvent)
  let sent: LogPosition = from === 'start' ? BEFORE_ALL : from === 'end' ? lastPosition : from
  let lastCheckpoint = BEFORE_ALL
  let next = 0

  const sendIfWanted = async (event: StoredEvent) => {
    const position = positionOf(event)
    if (comparePositions(position, sent) <= 0 || (filter !== undefined && !filter.accepts(event))) return false
    await responses.send(writeReadEvent(event, idsAsText))
    sent = position
    return true
  }
  const sendCheckpoint = async (position: LogPosition) => {
    if (comparePositions(position, sent) > 0) sent = position
    if (comparePositions(sent, lastCheckpoint) <= 0) return
    lastCheckpoint = sent
    const checkpoint = new streamsPb.ReadResp.Checkpoint()
      .setCommitPosition(String(sent.commit))
      .setPreparePosition(String(sent.prepare))
    await responses.send(new streamsPb.ReadResp().setCheckpoint(checkpoint))
  }

  const catchUp = async () => {
    if (!log.isReadableFrom(sent.commit)) throw invalidArgument('Trying to read from an invalid position.')
    let pageStart: LogPosition = sent.commit < 0 ? { commit: 0, prepare: 0 } : sent
    let sinceCheckpoint = 0
    let atEnd = false
    next = log.indexAtOrAfter(pageStart)
    while (!atEnd) {
      let considered = 0
      let taken = 0
      let pageEnd = pageStart
      while (taken < PAGE && considered < (filter?.window ?? Number.POSITIVE_INFINITY)) {
        const event = log.event(next)
        atEnd = event === undefined
        if (event === undefined) break
        next += 1
        considered += 1
        pageEnd = { commit: event.end, prepare: 0 }
        if (await sendIfWanted(event)) taken += 1
        if (next % TURN === 0) await nextTurn()
      }
      sinceCheckpoint += considered
      if (filter !== undefined && (atEnd || sinceCheckpoint >= filter.checkpointInterval)) {
        sinceCheckpoint %= filter.checkpointInterval
        await sendCheckpoint(pageStart)
      }
      pageStart = pageEnd
    }
  }

  const goLive = async () => {
    let sinceCheckpoint = 0
    await announceCaughtUp(responses)
    for (;;) {
      const event = log.event(next)
      if (event === undefined) {
        await responses.sleep((wake) => log.onReadable(wake))
        continue
      }
      next += 1
      const waiting = log.count
      await sendIfWanted(event)
      sinceCheckpoint += 1
      if (filter !== undefined && sinceCheckpoint >= filter.checkpointInterval) {
        sinceCheckpoint = 0
        await sendCheckpoint(positionOf(event))
      }
      if (log.count - waiting > PAGE) {
        if (filter !== undefined) await sendCheckpoint(sent)
        return
      }
    }
  }

  if (comparePositions(sent, lastPosition) >= 0) {
    next = log.count
    await goLive()
  }
  for (;;) {
    await catchUp()
    await goLive()
  }
}

/** Follows one stream. A stream that is not there yet is waited for; its tombstone is sent and ends the subscription. */
export async function followStream(subscription: StreamSubscription): Promise<never> {
  const { log, responses, idsAsText, stream, from } = subscription
  await confirm(responses)
  let live = false
  const eventsFrom = async (revision: number) => {
    const reading = log.readStream(stream, revision)
    if (reading.kind === 'found') return reading
    if (reading.kind === 'not-found') return { events: [], lastRevision: -1 }
    if (live) await responses.send(writeReadEvent(reading.tombstone, idsAsText))
    throw streamDeleted(stream)
  }
  let next = from === 'start' ? 0 : from === 'end' ? (await eventsFrom(0)).lastRevision + 1 : from + 1
  for (;;) {
    const { events, lastRevision } = await eventsFrom(next)
    for (const event of events) await responses.send(writeReadEvent(event, idsAsText))
    if (events.length > 0) next = lastRevision + 1
    else if (live) await responses.sleep((wake) => log.onReadable(wake))
    else {
      live = true
      await announceCaughtUp(responses)
    }
  }
}
