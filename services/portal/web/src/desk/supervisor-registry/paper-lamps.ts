import type { Papers } from '../../api/types.ts'
import type { LampKind } from '../../words/lamps.ts'

/** What the papers of a term are worth, as a lamp. */
export const paperLamps: Record<Papers['state'], LampKind> = {
  upcoming: 'information',
  valid: 'on-time',
  expired: 'closed',
  void: 'overdue',
}
