import { chinaDate } from '@dulian/calendar'
import { freshnessAt, LookBackQuery, pageWithPast, type ViewsOverTime, viewAt } from '@dulian/history/http'
import { type DataScope, download, PageQuery, query, versioned } from '@dulian/http-kit'
import {
  LetterPreview,
  letterFile,
  letterPreview,
  type NumberedRegister,
  wordMediaType,
} from '@dulian/official-documents'
import type { ViewReader } from '@dulian/service-host'
import { findAll, type Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { bulletinLetter } from '../../bulletin/bulletin-letter.ts'
import { changedZones } from '../../bulletin/decide.ts'
import { BulletinWording, IncludedSummary, MissingZone } from '../../bulletin/events.ts'
import { inspectionsError } from '../../errors.ts'
import { bulletinNumber } from '../../rules/document-codes.ts'
import { Period } from '../../self-check/events.ts'
import type { ZoneSummaryDocument } from '../zone-summaries/projection.ts'
import type { BulletinDocument } from './projection.ts'

const shared = {
  bulletinId: z.string(),
  office: z.string(),
  period: z.string(),
  title: z.string(),
  state: z.enum(['drafted', 'issued']),
  documentNumber: z.string().nullable(),
  approver: z.string().nullable(),
  draftedOn: z.string(),
  draftedBy: z.string(),
  issuedOn: z.string().nullable(),
  issuedBy: z.string().nullable(),
  zones: z.number().int(),
  missing: z.array(MissingZone),
  version: z.number().int(),
}
export const BulletinSummary = z.object(shared)
export const BulletinDetail = z.object({
  ...shared,
  wording: BulletinWording,
  summaries: z.array(IncludedSummary),
  /** Zones whose summary came or was corrected since the draft was drawn: it has to be drawn again. */
  changed: z.array(z.string()),
  /** The number it would get now; null once it is issued. */
  nextNumber: z.string().nullable(),
  letter: LetterPreview,
})

export interface BulletinViewOptions {
  readonly past: ViewsOverTime
  readonly summaries: ViewReader
  readonly numbers: NumberedRegister
}

export function bulletinViewRoutes(app: FastifyInstance, { past, summaries, numbers }: BulletinViewOptions) {
  const { live, clock } = past
  const bulletinInSight = async (scope: DataScope, id: string): Promise<BulletinDocument> => {
    const found = await live.get<BulletinDocument>('bulletins', id)
    const document = found?.document
    if (document === undefined || document.office !== scope.office || !isOpenTo(scope, document)) {
      throw inspectionsError('BULLETIN_NOT_FOUND')
    }
    return document
  }

  query(app, {
    url: '/bulletins',
    permission: 'visit.read',
    summary: '督导通报列表',
    tags: ['督导检查'],
    query: z.object({
      ...PageQuery.shape,
      ...LookBackQuery,
      period: Period.optional(),
      state: z.enum(['drafted', 'issued']).optional(),
    }),
    answer: pageWithPast(BulletinSummary),
    freshness: ({ query: days }) => freshnessAt(past, days),
    handle: async ({ query: { limit, cursor, asOf, validOn, ...filters }, scope }) => {
      const { view, lookedBack } = viewAt(past, { asOf, validOn })
      const page = await view.find<BulletinDocument>('bulletins', {
        where: bulletinsOpenTo(scope, filters),
        sort: [['period', 'desc']],
        limit,
        cursor,
      })
      return { items: page.items.map(({ document }) => summaryOf(document)), nextCursor: page.nextCursor, lookedBack }
    },
  })

  query(app, {
    url: '/bulletins/:id',
    permission: 'visit.read',
    summary: '一份督导通报',
    tags: ['督导检查'],
    params: z.object({ id: z.uuid() }),
    answer: BulletinDetail,
    freshness: () => live,
    handle: async ({ params, scope }) => {
      const bulletin = await bulletinInSight(scope, params.id)
      const { office, period, state } = bulletin
      const day = chinaDate(clock.now())
      const standing = state === 'issued' ? [] : await standingSummaries(summaries, office, period)
      return versioned(
        {
          ...summaryOf(bulletin),
          wording: bulletin.wording,
          summaries: [...bulletin.summaries],
          changed: state === 'issued' ? [] : [...changedZones(bulletin, standing)],
          nextNumber:
            state === 'issued'
              ? null
              : bulletinNumber(
                  office,
                  day,
                  await numbers.next(office, { series: 'bulletin', year: Number(day.slice(0, 4)) }),
                ),
          letter: letterPreview(letterOf(bulletin)),
        },
        bulletin.version,
      )
    },
  })

  download(app, {
    url: '/bulletins/:id/letter',
    permission: 'visit.read',
    summary: '下载督导通报（Word）',
    tags: ['督导检查'],
    params: z.object({ id: z.uuid() }),
    mediaType: wordMediaType,
    handle: async ({ params, scope }) => {
      const bulletin = await bulletinInSight(scope, params.id)
      const draft = bulletin.state === 'drafted' ? '（草稿）' : ''
      return {
        name: `${bulletin.wording.title.replaceAll('\n', '')}${draft}.docx`,
        bytes: await letterFile(letterOf(bulletin)),
      }
    },
  })
}

/** The zones' summaries that stand now for a month. */
export async function standingSummaries(
  view: ViewReader,
  office: string,
  period: string,
): Promise<readonly ZoneSummaryDocument[]> {
  const found = await findAll<ZoneSummaryDocument>(view, 'summaries', {
    where: { office, period },
    sort: [['zoneName', 'asc']],
  })
  return found.filter(({ state }) => state === 'submitted')
}

/** As `isOpenTo`, for all of them at once. */
export function bulletinsOpenTo({ kind, office }: DataScope, { state, ...filters }: Where): Where {
  const asked = state === undefined ? {} : { state }
  const open = kind === 'office' ? asked : { state: state === 'drafted' ? { in: [] } : 'issued' }
  return { ...filters, ...open, office }
}

/** A draft is the office's own; everybody reads what was issued. */
function isOpenTo(scope: DataScope, { state }: BulletinDocument): boolean {
  return scope.kind === 'office' || state === 'issued'
}

function letterOf(bulletin: BulletinDocument) {
  const { documentNumber, issuedOn, draftedBy: _, ...draft } = bulletin
  const issued = documentNumber === null || issuedOn === null ? null : { documentNumber, issuedOn }
  return bulletinLetter(bulletin.office, draft, issued)
}

function summaryOf(bulletin: BulletinDocument): z.infer<typeof BulletinSummary> {
  const { wording, summaries, missing, ...rest } = bulletin
  return { ...rest, title: wording.title, zones: summaries.length, missing: [...missing] }
}
