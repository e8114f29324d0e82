import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { testAuthorization } from '@dulian/http-kit/testing'
import { startTestHost } from '../src/testing/index.ts'
import { access, tower, village } from './bell-services.ts'

const CALLERS = 16
const authorization = testAuthorization({ subject: 'ringer', name: '敲钟人', office: 'yongchuan', roles: ['ringer'] })

interface Attempt {
  readonly key: string
  readonly times: number
  acknowledged: { readonly id: string; readonly position: string } | undefined
}

/**
 * Kills a serving process under load, again and again on one data folder, and lets each next one go on. Commands whose
 * outcome nobody knows are sent again with their key, as a browser would. Then everything is counted.
 */
export async function killRounds(rounds: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-kill-'))
  const attempts: Attempt[] = []
  let open: Attempt[] = []
  for (let round = 0; round < rounds; round += 1) {
    const { child, port } = await startProcess(folder)
    const dead = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    const again = open
    open = []
    const callers = Array.from({ length: CALLERS }, async (_, caller) => {
      for (let n = 0; child.exitCode === null && child.signalCode === null; n += 1) {
        const attempt = again.pop() ?? { key: `${round}-${caller}-${n}`, times: 1 + (n % 7), acknowledged: undefined }
        if (!attempts.includes(attempt)) attempts.push(attempt)
        try {
          attempt.acknowledged = await ring(port, attempt)
        } catch {
          open.push(attempt)
          return
        }
      }
    })
    // Never at the same moment: the earliest kills hit the start, the latest a full pipeline.
    setTimeout(() => child.kill('SIGKILL'), 20 + ((round * 67) % 300))
    await Promise.all([...callers, dead])
    open.push(...again)
  }

  const host = await startTestHost({ services: [tower, village], access, folder, now: new Date().toISOString() })
  try {
    for (const attempt of open) attempt.acknowledged = await ringInProcess(host.app, attempt)
    await host.settle()
    const towerService = host.host.service('tower')
    const stored = new Map<string, number>()
    let after = '0'
    for (let end = false; !end; ) {
      const page = await towerService.store.readAll({ after, limit: 5_000, filter: { types: ['bell-rung.v1'] } })
      for (const event of page.events) stored.set(event.stream, (stored.get(event.stream) ?? 0) + 1)
      after = page.checkedThrough
      end = page.end
    }
    const rung = [...stored].filter(([stream]) => !stream.endsWith('-dawn'))
    assert.ok(attempts.length > rounds, 'the load was too light to prove anything')
    assert.ok(
      rung.every(([, events]) => events === 1),
      'an event was stored twice',
    )
    assert.deepEqual(
      rung.map(([stream]) => stream).sort(),
      attempts.map((attempt) => `bell-yongchuan-${attempt.acknowledged?.id}`).sort(),
      'an acknowledged event is missing, or one is there that nobody asked for',
    )
    const documents = async (): Promise<unknown> => {
      const page = await towerService
        .view('rings')
        .find('rings', { where: { office: 'yongchuan' }, sort: [['times', 'asc']], limit: 1_000 })
      return page.items.map(({ id, document }) => [id, document])
    }
    const live = await documents()
    await towerService.rebuild('rings')
    assert.deepEqual(await documents(), live, 'the view differs from a rebuild')
    const heard = await host.host.service('village').view('notes').count('notes', { note: 'kill' })
    assert.equal(heard, rung.length, 'the other service heard something twice or not at all')
  } finally {
    await host.dispose()
    await rm(folder, { recursive: true })
  }
}

async function startProcess(folder: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./tower-process.ts', import.meta.url)), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString())))
    child.once('exit', (code) => reject(new Error(`the process ended with ${code} before it listened`)))
  })
  return { child, port }
}

function bellOf(attempt: Attempt): object {
  return { times: attempt.times, note: 'kill' }
}

async function ring(port: number, attempt: Attempt): Promise<{ id: string; position: string }> {
  const response = await fetch(`http://127.0.0.1:${port}/api/tower/bells`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', 'idempotency-key': attempt.key },
    body: JSON.stringify(bellOf(attempt)),
  })
  if (response.status !== 201) throw new Error(`status ${response.status}`)
  return (await response.json()) as { id: string; position: string }
}

async function ringInProcess(
  app: Awaited<ReturnType<typeof startTestHost>>['app'],
  attempt: Attempt,
): Promise<{ id: string; position: string }> {
  const response = await app.inject({
    method: 'POST',
    url: '/api/tower/bells',
    headers: { authorization, 'idempotency-key': attempt.key },
    payload: bellOf(attempt),
  })
  assert.equal(response.statusCode, 201, response.body)
  return response.json<{ id: string; position: string }>()
}
