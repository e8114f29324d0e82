import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { deterministicId, newId, streamName } from '@dulian/event-sourcing'
import { openSqliteEvents } from '@dulian/event-store-sqlite'
import { hucreSpreadsheets } from '@dulian/spreadsheets'
import type { Benchmark } from '../benchmark.ts'
import { driveCallers } from '../callers.ts'
import { startProduct, untilCaughtUp } from './product/product.ts'
import { openIssuer } from './product/sign-in.ts'

const CALLERS = 64
/** As many as the rules let into a zone. */
const SCHOOLS_PER_ZONE = 20
const ROUNDS = 3
const IMPORTED = 'schools of an Excel table, from the upload until the last is stored'
const APPENDED = 'the same events appended directly, 64 callers'
/** Milliseconds between looks at how far the import is; each is a request that the product answers meanwhile. */
const LOOK_EVERY = 100

interface Job {
  readonly state: string
  readonly created: number
  readonly refused: number
}

/**
 * 10,000 schools from an Excel workbook through the product: upload, reading, judging every row against the registry and its
 * zones, storing through the streams of the routes, while somebody looks at the progress. Every run is another office's.
 */
export const benchmark: Benchmark = {
  names: ['import-10k'],
  async prepare({ folder, quick, progress }) {
    const schools = quick ? 1_000 : 10_000
    const offices = Array.from({ length: ROUNDS + 1 }, (_, place) => `import${place}`)
    const data = join(folder, 'product')
    await storeZones(data, offices, schools / SCHOOLS_PER_ZONE)
    const issuer = await openIssuer()
    const product = await startProduct(data, issuer)
    await untilCaughtUp(product)
    const fileName = '学校.xlsx'
    const content = Buffer.from(await workbook(schools)).toString('base64')
    progress(`  a workbook of ${schools} rows, ${Math.round((content.length * 3) / 4 / 1_000)} kB`)
    const address = `${product.address}/api/supervisor-registry/imports`
    let round = 0
    return {
      rounds: ROUNDS,
      contestants: {
        [IMPORTED]: async () => {
          const office = offices[round % offices.length] ?? ''
          round += 1
          const authorization = await issuer.authorize({ subject: 'staff', office, roles: ['office-staff'] })
          const begin = performance.now()
          const started = await fetch(`${address}/schools`, {
            method: 'POST',
            headers: { authorization, 'content-type': 'application/json', 'idempotency-key': newId(Date.now()) },
            body: JSON.stringify({ fileName, content }),
          })
          if (started.status !== 201) throw new Error(`the import was refused: ${await started.text()}`)
          const { id } = (await started.json()) as { id: string }
          for (;;) {
            const answer = await fetch(`${address}/jobs/${id}`, { headers: { authorization } })
            const job = (await answer.json()) as Job
            if (job.state === 'running') {
              await sleep(LOOK_EVERY)
              continue
            }
            if (job.created !== schools) throw new Error(`the import came to ${JSON.stringify(job).slice(0, 300)}`)
            break
          }
          const rate = (schools * 1_000) / (performance.now() - begin)
          await untilCaughtUp(product)
          return rate
        },
        [APPENDED]: async () => {
          const file = join(folder, 'appended.db')
          const store = openSqliteEvents({ file })
          const meta = { correlationId: newId(Date.now()), actor: 'bench', office: 'import' }
          const rate = await driveCallers(CALLERS, schools, async (n) => {
            const id = deterministicId('bench-school', String(n))
            const event = { id, type: 'school-registered.v1', data: { school: schoolOf(n), zoneLimitOverride: null } }
            await store.append(streamName('school', 'import', id), [event], { expected: 'none', meta })
          })
          await store.close()
          rmSync(file)
          return rate
        },
      },
      rows: [{ name: 'import-10k', unit: 'schools/s', measured: IMPORTED, reference: APPENDED, reach: '–' }],
      async dispose() {
        await product.stop()
        await issuer.close()
      },
    }
  },
}

const zoneName = (place: number): string => `第${place + 1}责任区`

function schoolOf(n: number) {
  const zone = Math.floor(n / SCHOOLS_PER_ZONE)
  return {
    code: String(6_000_000_000 + n),
    name: `示例第${n + 1}小学`,
    kind: 'school',
    stage: 'primary',
    ownership: 'public',
    address: `示例路${n + 1}号`,
    zoneId: deterministicId('bench-zone', 'import', String(zone)),
    zoneName: zoneName(zone),
    enrolment: 200 + (n % 900),
  }
}

async function workbook(schools: number): Promise<Uint8Array> {
  const headers = ['学校标识码', '学校名称', '办学类型', '学段', '办学性质', '责任区', '地址', '在校生数']
  const rows = Array.from({ length: schools }, (_, n) => {
    const { code, name, zoneName: zone, address, enrolment } = schoolOf(n)
    return [code, name, '学校', '小学', '公办', zone, address, enrolment]
  })
  return await hucreSpreadsheets.write([{ name: '学校', columns: headers.map((header) => ({ header })), rows }])
}

async function storeZones(data: string, offices: readonly string[], zones: number): Promise<void> {
  const folder = join(data, 'supervisor-registry')
  mkdirSync(folder, { recursive: true })
  const store = openSqliteEvents({ file: join(folder, 'events.db') })
  await driveCallers(CALLERS, offices.length * zones, async (index) => {
    const office = offices[Math.floor(index / zones)] ?? ''
    const place = index % zones
    const id = deterministicId('bench-zone', office, String(place))
    const event = { id, type: 'zone-established.v1', data: { name: zoneName(place) } }
    const meta = { correlationId: newId(Date.now()), actor: 'bench', office }
    await store.append(streamName('zone', office, id), [event], { expected: 'none', meta })
  })
  await store.close()
}
