import { chinaDate, InputDay } from '@dulian/calendar'
import { Id, Ownership, SchoolKind, SchoolStage } from '@dulian/contracts'
import { type CommandContext, isDomainError } from '@dulian/event-sourcing'
import { command, requireInScope } from '@dulian/http-kit'
import { awaitHead } from '@dulian/service-host'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { registryError } from '../errors.ts'
import type { Registry } from '../registry.ts'
import { SCHOOLS } from '../views/schools/projection.ts'
import { closeSchool, correctSchool, registerSchool, reportEnrolment, type ZoneFacts } from './decide.ts'
import { schoolIdOf } from './school.ts'
import type { School } from './state.ts'

const ById = z.object({ id: Id })
const Reason = z.string().trim().min(1).max(500)
const Enrolment = z.number().int().min(0).max(100_000)

/** 学校: registration, correction, enrolment, closing. */
export function schoolRoutes(app: FastifyInstance, registry: Registry): void {
  const { schools, turns } = registry
  const tags = ['学校']

  /** Judges a move into a zone while nobody else does: see `InTurn`. */
  async function inZone<T>(
    context: CommandContext,
    zoneId: string | undefined,
    schoolId: string,
    work: (zone: ZoneFacts | undefined) => Promise<T>,
  ): Promise<T> {
    if (zoneId === undefined) return await work(undefined)
    return await turns.run(`zone ${context.office} ${zoneId}`, async () =>
      work(await findZone(registry, context.office, zoneId, schoolId)),
    )
  }

  async function requireVisible(id: string, context: CommandContext, scope: Parameters<typeof requireInScope>[0]) {
    const { state } = await schools.get(context.office, id)
    requireInScope(scope, { office: context.office, schoolId: id, zoneId: zoneOf(state) })
  }

  command(app, {
    url: '/schools',
    tags,
    permission: 'registry.manage',
    summary: '登记学校',
    description: '学校标识码在本室唯一；重复登记同一标识码答以 SCHOOL_CODE_TAKEN。',
    body: z.object({
      code: z.string().regex(/^[0-9A-Z]{6,20}$/, '学校标识码为 6—20 位数字或大写字母'),
      name: z.string().trim().min(1).max(100),
      kind: SchoolKind,
      stage: SchoolStage,
      ownership: Ownership,
      address: z.string().trim().max(200).optional(),
      zoneId: Id.optional(),
      enrolment: Enrolment.optional(),
      overrideReason: Reason.optional(),
    }),
    precondition: 'new',
    handle: async ({ body, context, scope, expected }) => {
      const id = schoolIdOf(context.office, body.code)
      requireInScope(scope, { office: context.office, schoolId: id, zoneId: body.zoneId })
      return await inZone(context, body.zoneId, id, async (zone) => {
        try {
          return await schools.execute(id, context, {
            expected,
            decide: () =>
              registerSchool({
                code: body.code,
                name: body.name,
                kind: body.kind,
                stage: body.stage,
                ownership: body.ownership,
                address: body.address ?? null,
                zone: body.zoneId === undefined ? null : zone,
                enrolment: body.enrolment ?? null,
                overrideReason: body.overrideReason,
                on: chinaDate(context.at),
              }),
          })
        } catch (error) {
          if (!isDomainError(error, 'STREAM_ALREADY_EXISTS')) throw error
          throw registryError(
            'SCHOOL_CODE_TAKEN',
            { code: body.code, schoolId: id },
            { pointer: '/code', cause: error },
          )
        }
      })
    },
  })

  command(app, {
    url: '/schools/:id/correct',
    tags,
    permission: 'registry.manage',
    summary: '更正学校信息、调整责任区',
    params: ById,
    body: z.object({
      name: z.string().trim().min(1).max(100).optional(),
      kind: SchoolKind.optional(),
      stage: SchoolStage.optional(),
      ownership: Ownership.optional(),
      address: z.string().trim().max(200).optional(),
      zoneId: Id.optional(),
      /** Since when it is so; absent: from today. */
      effectiveFrom: InputDay.optional(),
      reason: Reason,
      overrideReason: Reason.optional(),
    }),
    precondition: 'if-match',
    handle: async ({ params, body, context, scope, expected }) => {
      await requireVisible(params.id, context, scope)
      return await inZone(context, body.zoneId, params.id, (zone) =>
        schools.execute(params.id, context, {
          expected,
          decide: (state) =>
            correctSchool(
              {
                name: body.name,
                kind: body.kind,
                stage: body.stage,
                ownership: body.ownership,
                address: body.address,
                move: body.zoneId === undefined ? undefined : { zone },
                reason: body.reason,
                overrideReason: body.overrideReason,
                effectiveFrom: body.effectiveFrom,
                on: chinaDate(context.at),
              },
              state,
            ),
        }),
      )
    },
  })

  command(app, {
    url: '/schools/:id/enrolment',
    tags,
    permission: 'registry.manage',
    summary: '填报学生数',
    params: ById,
    body: z.object({ enrolment: Enrolment, asOf: InputDay }),
    precondition: 'if-match',
    handle: async ({ params, body, context, scope, expected }) => {
      await requireVisible(params.id, context, scope)
      return await schools.execute(params.id, context, { expected, decide: (state) => reportEnrolment(body, state) })
    },
  })

  command(app, {
    url: '/schools/:id/close',
    tags,
    permission: 'registry.manage',
    summary: '登记学校撤并',
    description: '挂牌督导随之结束。',
    params: ById,
    body: z.object({ closedOn: InputDay, reason: Reason }),
    precondition: 'if-match',
    handle: async ({ params, body, context, scope, expected }) => {
      await requireVisible(params.id, context, scope)
      return await schools.execute(params.id, context, { expected, decide: (state) => closeSchool(body, state) })
    },
  })
}

async function findZone(
  registry: Registry,
  office: string,
  zoneId: string,
  schoolId: string,
): Promise<ZoneFacts | undefined> {
  const { state } = await registry.zones.load(office, zoneId)
  if (state.stage === 'unknown') return undefined
  await awaitHead(registry.schoolsView, registry.store)
  const where = { office, zoneId, status: 'open', schoolId: { not: schoolId } }
  return { zoneId, name: state.name, otherSchools: await registry.schoolsView.count(SCHOOLS, where) }
}

function zoneOf(state: School): string | null {
  return state.stage === 'unknown' ? null : state.school.zoneId
}
