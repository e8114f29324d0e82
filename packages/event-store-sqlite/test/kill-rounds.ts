import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { deterministicId, type EventStore, type RecordedEvent, START } from '@dulian/event-sourcing'
import { openSqliteEvents } from '../src/index.ts'

const PATIENCE_MS = 60_000

/** What has to hold after every kill, carried over from round to round on one file. */
interface Known {
  /** Streams and the version each has reached. */
  readonly versions: Map<string, number>
  checkedThrough: string
}

/**
 * Kills (SIGKILL) a process that appends under load, at a random moment, again and again on one file; after each kill no
 * acknowledged event is missing, none is there twice, and versions and positions are without a hole.
 */
export async function killRounds(rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dulian-kill-'))
  const file = join(folder, 'events.db')
  const known: Known = { versions: new Map(), checkedThrough: START }
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const acknowledgements = join(folder, `acknowledged-${round}`)
      await killOnce(file, acknowledgements, round)
      const events = openSqliteEvents({ file })
      try {
        await checkOrder(events, known)
        await checkAcknowledged(events, known, acknowledgements)
      } finally {
        await events.close()
      }
      rmSync(acknowledgements)
    }
    checkFile(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function killOnce(file: string, acknowledgements: string, round: number): Promise<void> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'appending-process.ts'), file, acknowledgements, String(round)],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const gone = once(child, 'exit')
  try {
    const enough = Math.floor(Math.random() ** 2 * 100_000)
    await until(child, () => existsSync(acknowledgements) && statSync(acknowledgements).size > enough)
  } finally {
    child.kill('SIGKILL')
  }
  const [code, signal] = await gone
  assert.deepEqual([code, signal], [null, 'SIGKILL'], 'the process was to be killed, not to end')
}

async function until(child: ChildProcess, condition: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (!condition()) {
    assert.equal(child.exitCode, null, 'the appending process ended by itself')
    assert.ok(Date.now() < deadline, `the appending process did not append within ${PATIENCE_MS} ms`)
    await delay(1)
  }
}

/** The order of all goes on without a hole, and each stream holds exactly its own next events. */
async function checkOrder(events: EventStore, known: Known): Promise<void> {
  for (let end = false; !end; ) {
    const page = await events.readAll({ after: known.checkedThrough, limit: 1_000 })
    let position = Number(known.checkedThrough)
    for (const event of page.events) {
      position += 1
      assert.equal(event.position, String(position))
      checkEvent(event, known)
    }
    known.checkedThrough = page.checkedThrough
    end = page.end
  }
}

function checkEvent(event: RecordedEvent, known: Known): void {
  const version = (known.versions.get(event.stream) ?? 0) + 1
  assert.equal(event.version, version, `${event.stream} goes on with its next version`)
  assert.equal(
    event.id,
    deterministicId(event.stream, String(version)),
    `${event.stream} has each event once, in order`,
  )
  known.versions.set(event.stream, version)
}

async function checkAcknowledged(events: EventStore, known: Known, acknowledgements: string): Promise<void> {
  // The last line may have been cut off by the kill.
  const lines = readFileSync(acknowledgements, 'utf8').split('\n').slice(0, -1)
  assert.ok(lines.length > 0)
  for (const line of lines) {
    const [stream = '', version, position] = line.split(' ')
    assert.ok(
      (known.versions.get(stream) ?? 0) >= Number(version),
      `${stream} has lost acknowledged version ${version}`,
    )
    if (line !== lines.at(-1)) continue
    const [stored] = await events.readStream(stream, { from: Number(version), limit: 1 })
    assert.equal(stored?.position, position)
  }
}

function checkFile(file: string): void {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    assert.deepEqual({ ...database.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' })
  } finally {
    database.close()
  }
}
