import { deterministicId, type EventMeta, type EventToAppend } from '@dulian/event-sourcing'

const FINDINGS = ['食堂留样记录不全', '楼道疏散标识缺失', '课后服务签到台账未更新', '实验室危化品双人双锁未落实']
const TYPES = [
  'visit-planned.v1',
  'visit-recorded.v1',
  'finding-recorded.v1',
  'finding-confirmed.v1',
  'visit-closed.v1',
]
const EVENTS_PER_STREAM = 5

export interface WorkloadAppend {
  readonly stream: string
  readonly expected: 'none' | number
  readonly event: EventToAppend
  readonly meta: EventMeta
}

/** The n-th append of a made-up inspection office: about 500 bytes of data and meta, five events per stream. */
export function workloadAppend(n: number, run = 'bench'): WorkloadAppend {
  const stream = Math.floor(n / EVENTS_PER_STREAM)
  const version = n % EVENTS_PER_STREAM
  const commandId = deterministicId(run, String(n))
  return {
    stream: `visit-office${stream % 4}-${run}-${stream}`,
    expected: version === 0 ? 'none' : version,
    event: {
      id: deterministicId(commandId, '0'),
      type: TYPES[version] ?? 'visit-closed.v1',
      data: {
        schoolId: `school-${stream % 480}`,
        visitedOn: '2026-11-22',
        supervisor: `supervisor-${stream % 60}`,
        students: 300 + (n % 900),
        ratio: (n % 1000) / 7,
        finding: FINDINGS[n % FINDINGS.length],
        passed: n % 3 === 0,
        items: ['1.1', '2.3', '4.2'],
        remark: 'seen together with the head of the school',
      },
    },
    meta: {
      correlationId: commandId,
      actor: `supervisor-${stream % 60}`,
      office: `office${stream % 4}`,
      commandId,
      traceparent: `00-${commandId.replaceAll('-', '')}-00f067aa0ba902b7-01`,
    },
  }
}
