import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { requestMetrics, runtimeMetrics } from '@dulian/http-kit'
import { serviceMetrics } from '@dulian/service-host'
import { parse } from 'yaml'
import { z } from 'zod'
import { prometheusLabel, prometheusNames } from '../observability/prometheus-names.ts'
import { readPromql } from '../observability/read-promql.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = join(root, 'infra', 'observability')

async function read(file: string): Promise<unknown> {
  return parse(await readFile(join(folder, file), 'utf8'))
}

const endpoint = z.object({ endpoint: z.string().regex(/^0\.0\.0\.0:\d+$/) })
const pipeline = z.object({
  receivers: z.array(z.string()).min(1),
  processors: z.array(z.string()),
  exporters: z.array(z.string()).min(1),
})
const Collector = z.object({
  receivers: z.object({ otlp: z.object({ protocols: z.object({ grpc: endpoint, http: endpoint }) }) }),
  processors: z.record(z.string(), z.unknown()),
  exporters: z.object({ prometheus: z.looseObject({ endpoint: z.string() }) }).catchall(z.unknown()),
  extensions: z.record(z.string(), z.unknown()),
  service: z.object({
    extensions: z.array(z.string()),
    pipelines: z.object({ metrics: pipeline, traces: pipeline }),
    telemetry: z.unknown(),
  }),
})
const collector = Collector.parse(await read('otel-collector.yaml'))

const Scrapes = z.object({
  rule_files: z.array(z.string()),
  scrape_configs: z.array(
    z.object({
      job_name: z.string(),
      honor_labels: z.boolean().default(false),
      static_configs: z.tuple([z.object({ targets: z.array(z.string()) })]),
    }),
  ),
})
const { scrape_configs: scrapes, rule_files: ruleFiles } = Scrapes.parse(await read('prometheus/prometheus.yaml'))

const compose = parse(await readFile(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<string, { environment?: Record<string, string>; volumes: string[]; command?: string[] }>
}

describe('the collector', () => {
  test('listens where the services send to', () => {
    const { http } = collector.receivers.otlp.protocols
    for (const service of ['office', 'portal'])
      assert.equal(
        compose.services[service]?.environment?.OTEL_EXPORTER_OTLP_ENDPOINT,
        `http://otel-collector:${http.endpoint.split(':')[1]}`,
      )
  })

  test('has a pipeline for metrics and one for traces, of parts that are there, the limiter first', () => {
    for (const { receivers, processors, exporters } of Object.values(collector.service.pipelines)) {
      for (const name of receivers) assert.ok(name in collector.receivers, name)
      for (const name of processors) assert.ok(name in collector.processors, name)
      for (const name of exporters) assert.ok(name in collector.exporters, name)
      assert.equal(processors[0], 'memory_limiter')
    }
    for (const name of collector.service.extensions) assert.ok(name in collector.extensions, name)
  })

  test('names metrics as OpenTelemetry does by default: what the dashboards and alerts ask for', () => {
    for (const changed of [
      'namespace',
      'add_metric_suffixes',
      'translation_strategy',
      'resource_to_telemetry_conversion',
    ])
      assert.ok(!(changed in collector.exporters.prometheus), changed)
  })
})

describe('Prometheus', () => {
  test('asks the collector for the services, believes what it calls them, and asks where it shows itself', () => {
    const targets = Object.fromEntries(
      scrapes.map(({ job_name: job, static_configs: [{ targets: found }] }) => [job, found]),
    )
    assert.deepEqual(targets.services, [`otel-collector:${collector.exporters.prometheus.endpoint.split(':')[1]}`])
    assert.equal(scrapes.find(({ job_name: job }) => job === 'services')?.honor_labels, true)
    assert.match(JSON.stringify(collector.service.telemetry), /"port":8888/)
    assert.deepEqual(targets['otel-collector'], ['otel-collector:8888'])
  })
})

const Rules = z.object({
  groups: z
    .array(
      z.strictObject({
        name: z.string(),
        rules: z
          .array(
            z.strictObject({
              alert: z.string().regex(/^[A-Z][A-Za-z]+$/),
              expr: z.string(),
              for: z
                .string()
                .regex(/^\d+[smh]$/)
                .optional(),
              labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
              annotations: z.strictObject({ summary: z.string() }),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
})

describe('the alerts', async () => {
  const { groups } = Rules.parse(await read('prometheus/rules/dulian.yaml'))
  const rules = groups.flatMap((group) => group.rules)
  const emitted = [...Object.values(requestMetrics), ...Object.values(runtimeMetrics), ...Object.values(serviceMetrics)]
  const labelsOf = new Map(
    emitted.flatMap((metric) =>
      prometheusNames(metric).map((name) => [name, metric.labels.map(prometheusLabel)] as const),
    ),
  )
  /** Who sent it, the bounds of a histogram; and what Prometheus and the collector say of themselves. */
  const everywhere = ['job', 'instance', 'le']
  const notOurs = ['up', 'target_info']

  test('are in a file that Prometheus reads, each under a name of its own', () => {
    assert.deepEqual(ruleFiles, ['rules/*.yaml'])
    assert.equal(new Set(rules.map(({ alert }) => alert)).size, rules.length)
  })

  for (const { alert, expr, annotations } of rules) {
    test(`${alert} asks for metrics and labels that the services send`, () => {
      const { metrics, labels } = readPromql(expr)
      assert.ok(metrics.size > 0)
      const known = new Set(everywhere)
      for (const metric of metrics) {
        assert.ok(labelsOf.has(metric) || notOurs.includes(metric), `nobody sends ${metric}`)
        for (const label of labelsOf.get(metric) ?? []) known.add(label)
      }
      for (const label of labels) assert.ok(known.has(label), `${alert}: ${label}`)
      for (const [, label = ''] of annotations.summary.matchAll(/\$labels\.(\w+)/g))
        assert.ok(labels.has(label) || /^up\b/.test(expr), `the summary names ${label}, which the expression drops`)
    })
  }
})

describe('Grafana', () => {
  test('finds Prometheus by the name that is its own, and keeps no password', async () => {
    const Sources = z.object({
      datasources: z.tuple([
        z.looseObject({ uid: z.literal('prometheus'), url: z.string(), isDefault: z.literal(true) }),
      ]),
    })
    const text = await readFile(join(folder, 'grafana/provisioning/datasources/prometheus.yaml'), 'utf8')
    const { datasources } = Sources.parse(parse(text))
    assert.equal(datasources[0].url, 'http://prometheus:9090')
    assert.doesNotMatch(text, /secureJsonData|password|basicAuth/)
    assert.ok('prometheus' in compose.services)
  })

  test('loads every dashboard of the folder that the container has', async () => {
    const Providers = z.object({
      providers: z.tuple([z.looseObject({ type: z.literal('file'), options: z.looseObject({ path: z.string() }) })]),
    })
    const { providers } = Providers.parse(await read('grafana/provisioning/dashboards/dulian.yaml'))
    const mounts = compose.services.grafana?.volumes ?? []
    assert.ok(mounts.includes(`./infra/observability/grafana/dashboards:${providers[0].options.path}:ro`))
    assert.ok(mounts.includes('./infra/observability/grafana/provisioning:/etc/grafana/provisioning:ro'))
    assert.ok(existsSync(join(folder, 'grafana/dashboards')))
  })
})
