import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { requestMetrics, runtimeMetrics } from '@dulian/http-kit'
import { serviceMetrics } from '@dulian/service-host'
import { parse } from 'yaml'
import { z } from 'zod'
import { prometheusLabel, prometheusNames } from './prometheus-names.ts'
import { readPromql } from './read-promql.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = join(root, 'infra', 'observability')

const emitted = [...Object.values(requestMetrics), ...Object.values(runtimeMetrics), ...Object.values(serviceMetrics)]
const labelsOf = new Map(
  emitted.flatMap((metric) =>
    prometheusNames(metric).map((name) => [name, metric.labels.map(prometheusLabel)] as const),
  ),
)
/** Which process said it, and the bounds of a histogram. */
const everywhere = ['job', 'instance', 'le']
const ours = /^(dulian|http_server|nodejs|v8js|process_memory)_/

const Source = z.object({ type: z.literal('prometheus'), uid: z.literal('$' + '{datasource}') })
const Dashboard = z.object({
  uid: z.string().regex(/^dulian-[a-z-]{1,32}$/),
  title: z.string().regex(/^督联 · /),
  schemaVersion: z.number().int().min(36),
  version: z.number().int(),
  editable: z.literal(false),
  timezone: z.literal('Asia/Shanghai'),
  refresh: z.string(),
  tags: z.array(z.string()).min(1),
  time: z.object({ from: z.string(), to: z.string() }),
  templating: z.object({
    list: z
      .array(z.object({ name: z.string(), label: z.string(), type: z.string(), definition: z.string().optional() }))
      .min(1),
  }),
  panels: z
    .array(
      z.object({
        id: z.number().int().positive(),
        type: z.enum(['timeseries', 'stat', 'table']),
        title: z.string().regex(/\p{Script=Han}/u),
        datasource: Source,
        gridPos: z.object({
          x: z.number().int().min(0),
          y: z.number().int().min(0),
          w: z.number().int().positive(),
          h: z.number().int().positive(),
        }),
        fieldConfig: z.object({ defaults: z.object({ unit: z.string().min(1) }) }),
        targets: z.array(z.object({ refId: z.string(), datasource: Source, expr: z.string().min(1) })).min(1),
      }),
    )
    .min(1),
})
type Dashboard = z.infer<typeof Dashboard>

async function readDashboards(): Promise<ReadonlyMap<string, Dashboard>> {
  const place = join(folder, 'grafana', 'dashboards')
  const files = (await readdir(place)).filter((name) => name.endsWith('.json'))
  return new Map(
    await Promise.all(
      files.map(async (file) => {
        const { data, error } = Dashboard.safeParse(JSON.parse(await readFile(join(place, file), 'utf8')))
        if (error !== undefined) assert.fail(`${file}: ${z.prettifyError(error)}`)
        return [file, data] as const
      }),
    ),
  )
}

function expressionsOf({ panels, templating }: Dashboard): readonly string[] {
  return [
    ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ...templating.list.flatMap(({ definition }) => definition ?? []),
  ]
}

test('the names in Prometheus follow from unit and kind', () => {
  assert.deepEqual(prometheusNames(requestMetrics.duration), [
    'http_server_request_duration_seconds_bucket',
    'http_server_request_duration_seconds_count',
    'http_server_request_duration_seconds_sum',
  ])
  assert.deepEqual(prometheusNames(serviceMetrics.appended), ['dulian_events_appended_total'])
  assert.deepEqual(prometheusNames(serviceMetrics.viewAge), ['dulian_view_age_seconds'])
  assert.deepEqual(prometheusNames(serviceMetrics.viewLag), ['dulian_view_lag'])
  assert.deepEqual(prometheusNames(runtimeMetrics.loopUse), ['nodejs_eventloop_utilization_ratio'])
  assert.deepEqual(prometheusNames(runtimeMetrics.heapUsed), ['v8js_memory_heap_used_bytes'])
})

test('an expression is read for its metrics and labels, not for its functions, texts and times', () => {
  const { metrics, labels } = readPromql(
    'histogram_quantile(0.99, sum by (le, route) (rate(a_bucket{job=~"$job|or", status!="5(0)3"}[5m]))) > 2 or -(b offset 1h) unless on (x) max(c:d)',
  )
  assert.deepEqual([...metrics], ['a_bucket', 'b', 'c:d'])
  assert.deepEqual([...labels], ['job', 'status', 'le', 'route', 'x'])
  const variable = readPromql('label_values(a_total{x="y"}, service)')
  assert.deepEqual([[...variable.metrics], [...variable.labels]], [['a_total'], ['service']])
})

test('services, events and views, and the supervision loop have their dashboards, each with a uid of its own', async () => {
  const dashboards = await readDashboards()
  assert.deepEqual([...dashboards.keys()].sort(), ['events-and-views.json', 'services.json', 'supervision-loop.json'])
  assert.equal(new Set([...dashboards.values()].map(({ uid }) => uid)).size, dashboards.size)
})

test('every panel has its place and its queries their letters', async () => {
  for (const [file, { panels }] of await readDashboards()) {
    assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length, `${file}: ids`)
    const taken = new Set<string>()
    for (const { title, gridPos, targets } of panels) {
      assert.ok(gridPos.x + gridPos.w <= 24, `${file}: ${title} leaves the page`)
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          assert.ok(!taken.has(`${x},${y}`), `${file}: ${title} lies on another panel`)
          taken.add(`${x},${y}`)
        }
      assert.equal(new Set(targets.map(({ refId }) => refId)).size, targets.length, `${file}: ${title}`)
    }
  }
})

test('a dashboard asks for nothing that the code does not emit, under no label that it does not bear', async () => {
  for (const [file, dashboard] of await readDashboards()) {
    for (const expression of expressionsOf(dashboard)) {
      const { metrics, labels } = readPromql(expression)
      assert.ok(metrics.size > 0, `${file}: ${expression} asks for nothing`)
      for (const metric of metrics) {
        const borne = labelsOf.get(metric)
        assert.ok(borne, `${file}: nothing emits ${metric}`)
        for (const label of labels)
          assert.ok([...borne, ...everywhere].includes(label), `${file}: ${metric} bears no label ${label}`)
      }
    }
  }
})

test('every metric of the services is shown somewhere', async () => {
  const shown = [...(await readDashboards()).values()].flatMap((dashboard) =>
    expressionsOf(dashboard).flatMap((expression) => [...readPromql(expression).metrics]),
  )
  for (const metric of Object.values(serviceMetrics))
    assert.ok(
      prometheusNames(metric).some((name) => shown.includes(name)),
      metric.name,
    )
})

test('the supervision loop counts events that the services store', async () => {
  const loop = (await readDashboards()).get('supervision-loop.json')
  assert.ok(loop)
  const locked: unknown = JSON.parse(await readFile(join(root, 'tools', 'check', 'stored-fixtures.json'), 'utf8'))
  const stored = Object.keys(z.record(z.string(), z.string()).parse(locked)).map((path) => {
    const [, service, event] = /^services\/([^/]+)\/.*\/([^/]+)\.json$/.exec(path) ?? []
    return { service, event: event ?? '' }
  })
  const asked = expressionsOf(loop).flatMap((expression) => [
    ...expression.matchAll(/service="([^"]+)",type=~"([^"]+)"/g),
  ])
  assert.ok(asked.length > 20)
  for (const [, service, pattern] of asked)
    assert.ok(
      stored.some((one) => one.service === service && new RegExp(`^(?:${pattern})$`).test(one.event)),
      `${service} stores no event ${pattern}`,
    )
})

const Rules = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ expr: z.string(), record: z.string().optional() })) })),
})

test('an alert asks for nothing of ours that the code does not emit', async () => {
  const files = (await readdir(folder, { recursive: true })).filter((name) => /\.ya?ml$/.test(name))
  for (const file of files) {
    const { success, data } = Rules.safeParse(parse(await readFile(join(folder, file), 'utf8')))
    if (!success) continue
    const recorded = data.groups.flatMap(({ rules }) => rules.flatMap(({ record }) => record ?? []))
    for (const { expr } of data.groups.flatMap(({ rules }) => rules)) {
      const { metrics, labels } = readPromql(expr)
      for (const metric of metrics) {
        if (!ours.test(metric) || recorded.includes(metric)) continue
        const borne = labelsOf.get(metric)
        assert.ok(borne, `${file}: nothing emits ${metric}`)
        for (const label of labels)
          assert.ok([...borne, ...everywhere].includes(label), `${file}: ${metric} bears no label ${label}`)
      }
    }
  }
})
