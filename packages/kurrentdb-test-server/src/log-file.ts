import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { createInterface } from 'node:readline'

import type { StoredEvent } from './stored-event.ts'

/** The file of a log: one line of JSON per write, each line the events that were written together. */
export interface LogFile {
  /** Writes the lines of several writes and returns once they are on disk. Throws, with nothing kept, if that fails. */
  write(writes: readonly (readonly StoredEvent[])[]): Promise<void>
  close(): Promise<void>
}

/**
 * Opens (or makes) the file and hands every whole write in it to `load`, in order. What a killed process left unfinished
 * at the end was never acknowledged and is cut off.
 */
export async function openLogFile(path: string, load: (events: readonly StoredEvent[]) => void): Promise<LogFile> {
  const handle = await open(path, 'a+')
  let length = await loadWholeLines(path, handle, load)
  await handle.truncate(length)
  return {
    async write(writes) {
      const text = Buffer.from(writes.map((events) => `${encodeLine(events)}\n`).join(''))
      try {
        await handle.appendFile(text)
        await handle.datasync()
      } catch (error) {
        await handle.truncate(length)
        throw error
      }
      length += text.length
    },
    close: () => handle.close(),
  }
}

async function loadWholeLines(
  path: string,
  handle: FileHandle,
  load: (events: readonly StoredEvent[]) => void,
): Promise<number> {
  const size = (await handle.stat()).size
  if (size === 0) return 0
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })
  let length = 0
  for await (const line of lines) {
    const end = length + Buffer.byteLength(line) + 1
    if (end > size) break // the last line has no line feed: it was being written when the process ended
    load(decodeLine(line))
    length = end
  }
  return length
}

function encodeLine(events: readonly StoredEvent[]): string {
  return JSON.stringify(
    events.map((event) => ({
      ...event,
      revision: event.revision.toString(),
      created: event.created.toString(),
      data: Buffer.from(event.data).toString('base64'),
      metadata: Buffer.from(event.metadata).toString('base64'),
    })),
  )
}

type EncodedEvent = Omit<StoredEvent, 'revision' | 'created' | 'data' | 'metadata'> & {
  revision: string
  created: string
  data: string
  metadata: string
}

function decodeLine(line: string): StoredEvent[] {
  const events = JSON.parse(line) as EncodedEvent[]
  return events.map((event) => ({
    ...event,
    revision: BigInt(event.revision),
    created: BigInt(event.created),
    data: Buffer.from(event.data, 'base64'),
    metadata: Buffer.from(event.metadata, 'base64'),
  }))
}
