import type { Counter, Histogram, Meter, ObservableGauge } from '@opentelemetry/api'

export type { Meter }

/** One metric as the code emits it; dashboards and alerts are held against these declarations. */
export interface MetricDeclaration {
  /** OpenTelemetry's name, with dots. */
  readonly name: string
  readonly kind: 'gauge' | 'counter' | 'histogram'
  /** UCUM; what is counted stands in braces. */
  readonly unit: string
  readonly description: string
  /** Names of all labels it may bear. Their values come from code, routes and settings, never from data. */
  readonly labels: readonly string[]
  /** Upper bounds of a histogram's buckets. */
  readonly bounds?: readonly number[]
}

export function observableGauge(meter: Meter, { name, unit, description }: MetricDeclaration): ObservableGauge {
  return meter.createObservableGauge(name, { unit, description })
}

export function counter(meter: Meter, { name, unit, description }: MetricDeclaration): Counter {
  return meter.createCounter(name, { unit, description })
}

export function histogram(meter: Meter, { name, unit, description, bounds }: MetricDeclaration): Histogram {
  const advice = bounds === undefined ? {} : { advice: { explicitBucketBoundaries: [...bounds] } }
  return meter.createHistogram(name, { unit, description, ...advice })
}
