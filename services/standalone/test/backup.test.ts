import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { restore } from '@dulian/backup'
import { isDomainError, systemClock } from '@dulian/event-sourcing'
import { openEvents } from '@dulian/service-host'
import { testEngines } from '@dulian/service-host/testing'
import { dulian } from './dulian.ts'
import { Workshop } from './instance-process.ts'
import { END, makeOneOfEverything, type OneOfEverything } from './one-of-everything.ts'
import { ok, TestInstance } from './test-instance.ts'
import { documentsOf, rebuildAll } from './view-documents.ts'

const workshop = new Workshop()
after(() => workshop.dispose())
const embedded = testEngines('').events === 'sqlite'

describe('backup and restore', { skip: embedded ? false : 'SKIPPED: servers are backed up by their own means' }, () => {
  let house: TestInstance
  let things: OneOfEverything
  const place = workshop.folder()
  const quiet = join(place, 'quiet')

  before(async () => {
    house = await TestInstance.open({ now: END, folder: workshop.folder() })
    things = await makeOneOfEverything(house)
    await house.settle()
  })
  after(() => house.dispose())

  test('a running instance is backed up by another process, and what is restored answers everything the same', async () => {
    const made = await dulian(house.folder, ['backup', quiet, '--json'])
    assert.equal(made.code, 0, made.stderr)
    assert.ok(made.json.events > 20 && made.json.files > 20)
    const into = join(place, 'restored')
    const back = await dulian(house.folder, ['restore', quiet, '--into', into, '--json'])
    assert.equal(back.code, 0, back.stderr)
    assert.deepEqual([back.json.target, back.json.events, back.json.stores], [into, made.json.events, made.json.stores])
    const documents = await documentsOf(house.instance.host)
    const read = async (instance: TestInstance) => {
      const head = instance.as('office-head')
      return await Promise.all(
        [
          `/api/supervisor-registry/schools/${things.schoolId}`,
          `/api/inspections/visits/${things.recordedVisitId}`,
          `/api/rectification/problems/${things.problemId}`,
          '/api/rectification/board',
          '/api/audit/entries',
        ].map(async (path) => ok(await head.get(path)).body),
      )
    }
    // The backup itself is put on record, for the instance and for none of its offices.
    const answers = await read(house)
    const restored = await TestInstance.open({ now: END, folder: into })
    try {
      await restored.settle()
      assert.deepEqual(await documentsOf(restored.instance.host), documents)
      assert.deepEqual(await read(restored), answers)
      ok(await restored.as('office-head').post('/api/supervisor-registry/zones', { name: '恢复后新设' }), 201)
    } finally {
      await restored.dispose()
    }
    const verified = await dulian(into, ['audit', 'verify', '--json'])
    assert.deepEqual([verified.code, verified.json.intact], [0, true], verified.stderr)
  })

  test('taken under load it is of one moment: no service knows more of another than that one itself, and views follow', async () => {
    const head = house.as('office-head')
    let loading = true
    let posted = 0
    const load = async (): Promise<void> => {
      // At the pace of a busy office: what is made here is gone through several times afterwards.
      while (loading) {
        posted += 1
        ok(await head.post('/api/supervisor-registry/zones', { name: `负载${posted}（测试）` }), 201)
        await delay(10)
      }
    }
    const worker = load()
    const busy = join(place, 'busy')
    const made = await dulian(house.folder, ['backup', busy, '--json'])
    loading = false
    await worker
    assert.equal(made.code, 0, made.stderr)
    assert.ok(posted > 20, `only ${posted} commands meanwhile`)
    const into = join(place, 'restored-busy')
    assert.equal((await dulian(house.folder, ['restore', busy, '--into', into])).code, 0)

    const [whole, copy] = [await eventsOf(house.folder), await eventsOf(into)]
    let fewer = 0
    for (const [service, events] of Object.entries(copy)) {
      assert.deepEqual(events, whole[service]?.slice(0, events.length), `${service}: not a beginning of the instance`)
      fewer += (whole[service]?.length ?? 0) - events.length
    }
    assert.ok(fewer > 0, 'nothing was written while the backup was made')
    const known = new Set(Object.values(copy).flat())
    for (const id of Object.values(copy).flat()) {
      const [, message] = /^inbox (.*)$/.exec(id) ?? []
      if (message !== undefined) assert.ok(known.has(message), `heard of ${message}, which is not in the backup`)
    }
    const restored = await TestInstance.open({ now: END, folder: into })
    try {
      await restored.settle()
      const live = await documentsOf(restored.instance.host)
      await rebuildAll(restored.instance.host, into)
      assert.deepEqual(await documentsOf(restored.instance.host), live)
    } finally {
      await restored.dispose()
    }
  })

  test('one changed byte in any file of a backup is refused by the file’s name, and nothing is restored', async () => {
    const files = ['rectification/events.db', 'audit/events.db', 'manifest.json', 'local.key', evidenceIn(quiet)]
    for (const file of files) {
      const damaged = join(place, 'damaged')
      cpSync(quiet, damaged, { recursive: true })
      const bytes = readFileSync(join(damaged, file))
      const at = Math.floor(bytes.length / 2)
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
      writeFileSync(join(damaged, file), bytes)
      const into = join(place, 'never')
      const refused = await restore({ backup: damaged, target: into }).catch((error: unknown) => error)
      assert.ok(isDomainError(refused, 'BACKUP_DAMAGED'), file)
      assert.ok(refused.detail.includes(file), refused.detail)
      assert.equal(existsSync(into), false)
      rmSync(damaged, { recursive: true })
    }
    const cut = join(place, 'cut')
    cpSync(quiet, cut, { recursive: true })
    rmSync(join(cut, 'office/events.db'))
    assert.match(
      (await dulian(place, ['restore', cut, '--into', join(place, 'never')])).stderr,
      /office\/events\.db.*不见了/,
    )
    rmSync(join(cut, 'manifest.json'))
    const none = await dulian(place, ['restore', cut, '--into', join(place, 'never'), '--json'])
    assert.deepEqual([none.code, none.json.code], [1, 'BACKUP_UNREADABLE'])
  })

  test('a place that is not empty is left as it is, for a backup and for a restore; so is one within the data folder', async () => {
    const taken = join(place, 'taken')
    mkdirSync(taken)
    writeFileSync(join(taken, 'note.txt'), 'mine')
    const backup = await dulian(house.folder, ['backup', taken, '--json'])
    assert.deepEqual([backup.code, backup.json.code], [1, 'BACKUP_TARGET_EXISTS'])
    const restore = await dulian(house.folder, ['restore', quiet, '--into', taken, '--json'])
    assert.deepEqual([restore.code, restore.json.code], [1, 'RESTORE_TARGET_NOT_EMPTY'])
    assert.deepEqual(readdirSync(taken), ['note.txt'])
    const inside = await dulian(house.folder, ['backup', join(house.folder, 'backup'), '--json'])
    assert.deepEqual([inside.code, inside.json.code], [1, 'BACKUP_TARGET_INSIDE'])
    const nothing = await dulian(workshop.folder(), ['backup', join(place, 'nothing'), '--json'])
    assert.deepEqual([nothing.code, nothing.json.code], [1, 'BACKUP_SOURCE_MISSING'])
    const servers = await dulian(house.folder, ['backup', join(place, 'servers')], {
      DULIAN_VIEWS: 'mongodb://127.0.0.1:9',
    })
    assert.equal(servers.code, 1)
    assert.match(servers.stderr, /服务器/)
  })

  test('a full disk is told in words and leaves no backup, and no restored instance, that looks whole', async (t) => {
    const small = workshop.folder()
    if (process.getuid?.() !== 0 || spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', small]).status !== 0) {
      t.skip('SKIPPED: a small disk can only be mounted by root on Linux')
      return
    }
    try {
      const backup = await dulian(house.folder, ['backup', join(small, 'backup'), '--json'])
      assert.deepEqual([backup.code, backup.json.code], [1, 'BACKUP_DISK_FULL'], backup.stderr)
      assert.match(backup.stderr, /磁盘空间不足/)
      const restore = await dulian(house.folder, ['restore', quiet, '--into', join(small, 'data'), '--json'])
      assert.deepEqual([restore.code, restore.json.code], [1, 'RESTORE_DISK_FULL'], restore.stderr)
      assert.deepEqual(readdirSync(small), [])
    } finally {
      execFileSync('umount', ['--lazy', small])
    }
  })
})

/** Of every store the ids of its events; one heard from another service as `inbox <id of the event there>`. */
async function eventsOf(folder: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, string[]> = {}
  for (const service of ['supervisor-registry', 'office', 'inspections', 'rectification']) {
    const store = await openEvents(testEngines(folder), service, systemClock, true)
    const ids: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await store.readAll({ limit: 5_000, ...(after === undefined ? {} : { after }) })
      for (const { id, stream, meta } of page.events) {
        ids.push(stream.startsWith('inbox-') && meta.causationId !== undefined ? `inbox ${meta.causationId}` : id)
      }
      after = page.checkedThrough
      if (page.end) break
    }
    await store.close()
    found[service] = ids
  }
  return found
}

function evidenceIn(backup: string): string {
  const found = readdirSync(backup, { recursive: true, encoding: 'utf8' }).find((path) => /\/[0-9a-f]{64}$/.test(path))
  assert.ok(found !== undefined)
  return found
}
