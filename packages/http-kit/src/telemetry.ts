import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyPluginCallback } from 'fastify'
import type { Meter } from './metric.ts'
import { isWatched } from './telemetry-requests.ts'
import { observeRuntime } from './telemetry-runtime.ts'

export interface TelemetryOptions {
  /** Name of the service in traces and metrics. */
  readonly name: string
  /** Base address of an OTLP/HTTP collector, as in `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly endpoint: string
  /** Milliseconds between two exports of the metrics; 15,000 when absent. */
  readonly exportEvery?: number
  /** Resident memory of the process in bytes, which only the process itself knows. */
  readonly residentMemory?: (() => number) | undefined
}

/** Traces and metrics under way; pass it to `buildHttpApp` and stop it after the app has closed. */
export interface Telemetry {
  readonly plugin: FastifyPluginCallback
  readonly meter: Meter
  /** Sends the metrics as they stand now. */
  flush(): Promise<void>
  /** Sends what is still waiting, if the collector takes it soon. */
  stop(): Promise<void>
}

/** A collector that does not answer must not keep a process that is asked to end. */
const STOP_WITHIN_MS = 3_000
/** Less than the pause between two exports, so that they never queue up. */
const ANSWER_SHARE = 0.6

/**
 * Starts tracing and measuring for the whole process. Its libraries are loaded only here: who does neither does not pay.
 * Nothing is patched into other modules, so it may start before or after them.
 */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const [
    { NodeSDK },
    { OTLPTraceExporter },
    { OTLPMetricExporter },
    { AggregationTemporality, InstrumentType, MeterProvider, PeriodicExportingMetricReader },
    { defaultResource, detectResources, envDetector, resourceFromAttributes, serviceInstanceIdDetector },
    { FastifyOtelInstrumentation },
  ] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/exporter-metrics-otlp-http'),
    import('@opentelemetry/sdk-metrics'),
    import('@opentelemetry/resources'),
    import('@fastify/otel'),
  ])
  const base = options.endpoint.endsWith('/') ? options.endpoint : `${options.endpoint}/`
  // Not what else could be found out: arguments, paths and the account of a process are nobody's business.
  const resource = defaultResource()
    .merge(detectResources({ detectors: [serviceInstanceIdDetector, envDetector] }))
    .merge(resourceFromAttributes({ 'service.name': options.name }))
  const sdk = new NodeSDK({
    autoDetectResources: false,
    resource,
    traceExporter: new OTLPTraceExporter({ url: new URL('v1/traces', base).href }),
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [],
  })
  sdk.start()
  const instrumentation = new FastifyOtelInstrumentation({ ignorePaths: ({ url }) => isWatched(url) })

  const exportEvery = options.exportEvery ?? 15_000
  const answerWithin = exportEvery * ANSWER_SHARE
  const exporter = new OTLPMetricExporter({ url: new URL('v1/metrics', base).href, timeoutMillis: answerWithin })
  // Cumulative gauges would tell for ever what was last known of a view whose store does not answer any more.
  exporter.selectAggregationTemporality = (type) =>
    type === InstrumentType.OBSERVABLE_GAUGE ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE
  const provider = new MeterProvider({
    resource,
    readers: [
      new PeriodicExportingMetricReader({
        exporter,
        exportIntervalMillis: exportEvery,
        exportTimeoutMillis: answerWithin,
      }),
    ],
  })
  const meter = provider.getMeter('dulian')
  const stopWatching = observeRuntime(meter, options.residentMemory)
  return {
    plugin: instrumentation.plugin(),
    meter,
    flush: () => provider.forceFlush(),
    async stop() {
      const sent = new AbortController()
      const sending = Promise.allSettled([provider.shutdown(), sdk.shutdown()])
      await Promise.race([sending, delay(STOP_WITHIN_MS, undefined, { signal: sent.signal }).catch(() => {})])
      sent.abort()
      stopWatching()
    },
  }
}
