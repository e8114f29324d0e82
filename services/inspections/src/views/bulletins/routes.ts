import { type DataScope, download, PageQuery, pageOf, query, versioned } from '@dulian/http-kit'
import {
  LetterPreview,
  letterFile,
  letterPreview,
  type NumberedRegister,
  wordMediaType,
} from '@dulian/official-documents'
import type { ViewReader } from '@dulian/service-host'
import { findAll } from '@dulian/views'
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
  readonly view: ViewReader
  readonly summaries: ViewReader
  readonly numbers: NumberedRegister
  readonly today: () => string
}

export function bulletinViewRoutes(app: FastifyInstance, { view, summaries, numbers, today }: BulletinViewOptions) {
  const bulletinInSight = async (scope: DataScope, id: string): Promise<BulletinDocument> => {
    const found = await view.get<BulletinDocument>('bulletins', id)
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
    query: z.object({ ...PageQuery.shape, period: Period.optional(), state: z.enum(['drafted', 'issued']).optional() }),
    answer: pageOf(BulletinSummary),
    freshness: () => view,
    handle: async ({ query: { limit, cursor, state, ...filters }, scope }) => {
      const wanted = scope.kind === 'office' ? state : state === 'drafted' ? { in: [] } : ('issued' as const)
      const page = await view.find<BulletinDocument>('bulletins', {
        where: { ...filters, office: scope.office, ...(wanted === undefined ? {} : { state: wanted }) },
        sort: [['period', 'desc']],
        limit,
        cursor,
      })
      return { items: page.items.map(({ document }) => summaryOf(document)), nextCursor: page.nextCursor }
    },
  })

  query(app, {
    url: '/bulletins/:id',
    permission: 'visit.read',
    summary: '一份督导通报',
    tags: ['督导检查'],
    params: z.object({ id: z.uuid() }),
    answer: BulletinDetail,
    freshness: () => view,
    handle: async ({ params, scope }) => {
      const bulletin = await bulletinInSight(scope, params.id)
      const { office, period, state } = bulletin
      const day = today()
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
