import type { LampKind } from '../words/lamps.ts'

const shapes: Record<LampKind, string> = {
  // A tick in a circle, a clock, a triangle with a mark, a filed box, a dot in a ring: told apart without colour.
  'on-time': 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-1.1 10.1L3.9 8.1l1.2-1.2 1.8 1.8 4-4 1.2 1.2-5.2 5.2Z',
  'due-soon': 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm3 9.6L7.2 8.5V4h1.6v3.6l3 1.6-.8 1.4Z',
  overdue: 'M8 .8.4 14.6h15.2L8 .8Zm.9 11.4H7.1v-1.7h1.8v1.7Zm0-2.9H7.1V5.4h1.8v3.9Z',
  closed: 'M1.5 2h13v3.2h-13V2Zm.9 4.3h11.2V14H2.4V6.3ZM6 8v1.5h4V8H6Z',
  information:
    'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 2a5 5 0 1 1 0 10A5 5 0 0 1 8 3Zm0 2.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8Z',
}

/** The mark of a state; colour comes from `currentColor`. */
export function LampIcon({ kind, size = 14 }: { kind: LampKind; size?: number | string }) {
  return (
    <svg className="lamp-icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={shapes[kind]} fill="currentColor" fillRule="evenodd" />
    </svg>
  )
}
