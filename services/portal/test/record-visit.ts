import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { callerOf, type DemoCaller, type DemoSite } from './demo-site.ts'
import { chinaDay } from './desk-person.ts'

/** What the supervisor of `recordVisit` wrote down. */
export const visitNote = '查看当日值班记录，夜间没有专职保安员在岗。'

interface Me {
  readonly name: string
  readonly school?: string
  readonly supervisor?: string
}

/**
 * Puts one finding before the office, as the phone sends it: at the school whose principal has a card, by whoever of the
 * cards answers for that school.
 */
export async function recordVisit(
  site: DemoSite,
  office: string,
): Promise<{ readonly title: string; readonly school: string; readonly verifierRole: string }> {
  const principal = await callerOf(site, `${office}-school-principal`)
  const { school: schoolId = '' } = await principal.get<Me>('/auth/me')
  const head = await callerOf(site, `${office}-office-head`)
  const school = await head.get<{ name: string; supervisorId: string | null }>(
    `/api/supervisor-registry/schools/${schoolId}`,
  )
  const { caller, verifierRole, name } = await whoAnswers(site, office, school.supervisorId)
  const { items } = await caller.get<{ items: { standing: boolean; items: { code: string; title: string }[] }[] }>(
    '/api/inspections/checklists',
  )
  const checklist = items.find(({ standing }) => standing)
  const [first] = checklist?.items ?? []
  assert.ok(checklist !== undefined && first !== undefined, 'no standing checklist')
  const signedAt = new Date().toISOString()
  await caller.post('/api/inspections/visits/quick', {
    visitId: randomUUID(),
    schoolId,
    visitedOn: chinaDay(),
    answers: checklist.items.map(({ code }) => ({
      code,
      ...(code === first.code ? { answer: 'no', note: visitNote } : { answer: 'yes' }),
      evidence: [],
    })),
    signatures: {
      supervisor: { name, signedAt },
      school: { name: `${school.name}校长`, signedAt },
    },
  })
  return { title: first.title, school: school.name, verifierRole }
}

async function whoAnswers(
  site: DemoSite,
  office: string,
  supervisorId: string | null,
): Promise<{ caller: DemoCaller; verifierRole: string; name: string }> {
  for (const [card, verifierRole] of [
    ['school-supervisor', '责任督学'],
    ['zone-head', '责任区组长'],
  ] as const) {
    const caller = await callerOf(site, `${office}-${card}`)
    const me = await caller.get<Me>('/auth/me')
    if (me.supervisor === supervisorId) return { caller, verifierRole, name: me.name }
  }
  throw new Error('nobody with a card answers for the school of the card 校长/园长')
}
