import { type LampKind, lampColours, lampWords } from '../words/lamps.ts'
import { LampIcon } from './lamp-icon.tsx'
import './state-lamp.css'

interface StateLampProps {
  readonly kind: LampKind
  /** Says more than the lamp's own word, e.g. 剩 3 个工作日. */
  readonly children?: string
  readonly title?: string | undefined
  /** With a border, for the head of a record. */
  readonly strong?: boolean
}

/** A state as icon, word and colour; readable in grey. */
export function StateLamp({ kind, children, title, strong = false }: StateLampProps) {
  const colour = lampColours[kind]
  return (
    <span
      className={strong ? 'state-lamp state-lamp-strong' : 'state-lamp'}
      style={strong ? { color: colour } : undefined}
      title={title}
    >
      <span style={{ color: colour, display: 'inline-flex' }}>
        <LampIcon kind={kind} />
      </span>
      <span>{children ?? lampWords[kind]}</span>
    </span>
  )
}
