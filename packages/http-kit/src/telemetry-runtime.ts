import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8'
import { type Meter, type MetricDeclaration, observableGauge } from './metric.ts'

/** Node's own state, under the names of OpenTelemetry's semantic conventions. */
export const runtimeMetrics = {
  loopDelayHalf: {
    name: 'nodejs.eventloop.delay.p50',
    kind: 'gauge',
    unit: 's',
    description: 'Half of the turns of the event loop came later than this',
    labels: [],
  },
  loopDelay: {
    name: 'nodejs.eventloop.delay.p99',
    kind: 'gauge',
    unit: 's',
    description: 'One turn of the event loop in a hundred came later than this',
    labels: [],
  },
  longestLoopDelay: {
    name: 'nodejs.eventloop.delay.max',
    kind: 'gauge',
    unit: 's',
    description: 'The latest turn of the event loop since the last export',
    labels: [],
  },
  loopUse: {
    name: 'nodejs.eventloop.utilization',
    kind: 'gauge',
    unit: '1',
    description: 'Share of the time in which the event loop was busy, since the last export',
    labels: [],
  },
  heapUsed: {
    name: 'v8js.memory.heap.used',
    kind: 'gauge',
    unit: 'By',
    description: 'Heap in use, by space',
    labels: ['v8js.heap.space.name'],
  },
  heapLimit: {
    name: 'v8js.memory.heap.limit',
    kind: 'gauge',
    unit: 'By',
    description: 'Heap that may be used at most',
    labels: [],
  },
  residentMemory: {
    name: 'process.memory.usage',
    kind: 'gauge',
    unit: 'By',
    description: 'Resident memory of the process',
    labels: [],
  },
} as const satisfies Record<string, MetricDeclaration>

/** Shows event loop and memory of this process; answers how to stop. `residentMemory` in bytes. */
export function observeRuntime(meter: Meter, residentMemory?: () => number): () => void {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  let before = performance.eventLoopUtilization()
  const delays = [
    [observableGauge(meter, runtimeMetrics.loopDelayHalf), () => delay.percentile(50)],
    [observableGauge(meter, runtimeMetrics.loopDelay), () => delay.percentile(99)],
    [observableGauge(meter, runtimeMetrics.longestLoopDelay), () => delay.max],
  ] as const
  const use = observableGauge(meter, runtimeMetrics.loopUse)
  const heapUsed = observableGauge(meter, runtimeMetrics.heapUsed)
  const heapLimit = observableGauge(meter, runtimeMetrics.heapLimit)
  const resident = observableGauge(meter, runtimeMetrics.residentMemory)
  meter.addBatchObservableCallback(
    (result) => {
      // Before anything was sampled the histogram answers nonsense, and a reset begins the sampling anew.
      if (delay.count > 0) {
        for (const [gauge, nanoseconds] of delays) result.observe(gauge, nanoseconds() / 1e9)
        delay.reset()
      }
      const now = performance.eventLoopUtilization()
      result.observe(use, performance.eventLoopUtilization(now, before).utilization)
      before = now
      for (const space of getHeapSpaceStatistics())
        result.observe(heapUsed, space.space_used_size, { 'v8js.heap.space.name': space.space_name })
      result.observe(heapLimit, getHeapStatistics().heap_size_limit)
      if (residentMemory !== undefined) result.observe(resident, residentMemory())
    },
    [...delays.map(([gauge]) => gauge), use, heapUsed, heapLimit, resident],
  )
  return () => delay.disable()
}
