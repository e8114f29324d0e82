import { type Decoded, defineProjection, on, streamOf, type UnitOfWork } from '@dulian/event-sourcing'
import { searchTokens } from '@dulian/views'
import { type SupervisorAppointed, type SupervisorEvent, supervisorEvents } from '../../supervisor/events.ts'
import { letterNumberOf } from '../../supervisor/papers.ts'

export const CERTIFICATES = 'certificates'
const TERMS = 'terms'

/** The papers of one term. Id: the supervisor's and the first day of the term. What they are worth depends on the day of reading. */
export type CertificateDocument = {
  readonly office: string
  readonly supervisorId: string
  readonly name: string
  readonly category: SupervisorAppointed['category']
  readonly employment: SupervisorAppointed['employment']
  readonly certificateNumber: string
  readonly letterNumber: string
  readonly termFrom: string
  readonly termTo: string
  readonly consecutiveTerm: number
  readonly decidedBy: string
  readonly decidedOn: string
  readonly issuedOn: string
  readonly voidedOn: string | null
  readonly voidedBecause: string | null
  readonly tokens: readonly string[]
}

/** A person's terms so far, oldest first. */
type Terms = { readonly terms: readonly SupervisorAppointed[] }

export const certificatesProjection = defineProjection(
  {
    name: 'certificates',
    revision: 1,
    collections: {
      [CERTIFICATES]: {
        indexes: {
          byIssue: ['office', 'issuedOn', 'certificateNumber'],
          bySupervisor: ['office', 'supervisorId', 'issuedOn'],
        },
        tokens: 'tokens',
      },
      [TERMS]: { indexes: {} },
    },
  },
  [
    on(supervisorEvents, {
      SupervisorAppointed: (event, unit) => addTerm(event, unit, event.data),
      SupervisorReappointed: (event, unit) => addTerm(event, unit, event.data),
      CertificateIssued: async (event, unit) => {
        const { office, id } = streamOf(event)
        const { certificateNumber, termFrom, issuedOn } = event.data
        const term = (await unit.get<Terms>(TERMS, id))?.terms.find((one) => one.termFrom === termFrom)
        if (term === undefined) return
        const { name, category, employment, termTo, consecutiveTerm, decidedBy, decidedOn } = term
        put(unit, {
          ...{ office, supervisorId: id, name, category, employment, termFrom, termTo, consecutiveTerm },
          ...{ decidedBy, decidedOn, certificateNumber, issuedOn, voidedOn: null, voidedBecause: null },
          letterNumber: letterNumberOf(certificateNumber),
          tokens: searchTokens(name, certificateNumber),
        })
      },
      SupervisorDismissed: async (event, unit) => {
        const { id } = streamOf(event)
        const { on: voidedOn, form } = event.data
        const terms = (await unit.get<Terms>(TERMS, id))?.terms ?? []
        for (const term of terms) {
          // What had run out before stays 已届满; the newest papers are void in any case.
          if (term.termTo < voidedOn && term !== terms.at(-1)) continue
          const papers = await unit.get<CertificateDocument>(CERTIFICATES, certificateIdOf(id, term.termFrom))
          const voidedBecause = form === 'removal' ? '解任' : '解聘'
          if (papers !== undefined) put(unit, { ...papers, voidedOn, voidedBecause })
        }
      },
    }),
  ],
)

export function certificateIdOf(supervisorId: string, termFrom: string): string {
  return `${supervisorId}:${termFrom}`
}

async function addTerm(event: Decoded<SupervisorEvent>, unit: UnitOfWork, term: SupervisorAppointed): Promise<void> {
  const { id } = streamOf(event)
  const known = (await unit.get<Terms>(TERMS, id))?.terms ?? []
  if (known.some(({ termFrom }) => termFrom === term.termFrom)) return
  unit.put(TERMS, id, { terms: [...known, term] })
}

function put(unit: UnitOfWork, papers: CertificateDocument): void {
  unit.put(CERTIFICATES, certificateIdOf(papers.supervisorId, papers.termFrom), papers)
}
