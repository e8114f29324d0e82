import type { FastifyPluginCallback } from 'fastify'

export interface TelemetryOptions {
  /** Name of the service in the traces. */
  readonly name: string
  /** Base address of an OTLP/HTTP collector, as in `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly endpoint: string
}

/** Traces under way; pass it to `buildHttpApp` and stop it after the app has closed. */
export interface Telemetry {
  readonly plugin: FastifyPluginCallback
  /** Sends what is still waiting. */
  stop(): Promise<void>
}

/** Starts tracing for the whole process. Its libraries are loaded only here: who does not trace does not pay. */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const [{ NodeSDK }, { OTLPTraceExporter }, { FastifyOtelInstrumentation }] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@fastify/otel'),
  ])
  const base = options.endpoint.endsWith('/') ? options.endpoint : `${options.endpoint}/`
  const sdk = new NodeSDK({
    serviceName: options.name,
    traceExporter: new OTLPTraceExporter({ url: new URL('v1/traces', base).href }),
    instrumentations: [],
  })
  sdk.start()
  const instrumentation = new FastifyOtelInstrumentation({
    ignorePaths: ({ url }) => url.startsWith('/health/'),
  })
  return { plugin: instrumentation.plugin(), stop: () => sdk.shutdown() }
}
