import { InputDay } from '@dulian/calendar'
import { Id } from '@dulian/contracts'
import { type CommandContext, deterministicId, eventSourcingError } from '@dulian/event-sourcing'
import { command, type DataScope, requireInScope } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Registry } from '../registry.ts'
import { COMMITTEE_ID } from './committee.ts'
import {
  changeSeat,
  endLiaison,
  leaveCommittee,
  nameLiaison,
  renameMemberBody,
  seatMemberBodies,
  vacateSeat,
} from './decide.ts'
import { SeatRole } from './events.ts'
import { bodiesOf, memberSeat } from './state.ts'

const ByBody = z.object({ bodyId: Id })
const Name = z.string().trim().min(1).max(100)
const Leave = z.object({ to: InputDay, reason: z.string().trim().min(1).max(500) })
const Phone = z.string().regex(/^\+?[0-9][0-9 -]{4,18}$/, '电话应为数字，可含空格和连字符')
/** Bodies that may be entered at once: the nineteen, with room. */
const MOST_BODIES = 60

/** 教育督导委员会: member bodies, seats, chief supervisors, liaisons; every change with its day. */
export function committeeRoutes(app: FastifyInstance, registry: Registry): void {
  const { committee, supervisors } = registry
  const tags = ['教育督导委员会']
  const permission = 'committee.manage'
  const requireOffice = (scope: DataScope, context: CommandContext): void =>
    requireInScope(scope, { office: context.office })
  /** Before the version is looked at: a body of another committee does not exist, whatever version it is asked with. */
  const requireBody = async (bodyId: string, scope: DataScope, context: CommandContext): Promise<void> => {
    requireOffice(scope, context)
    const { state } = await committee.load(context.office, COMMITTEE_ID)
    if (!bodiesOf(state).has(bodyId)) throw eventSourcingError('STREAM_NOT_FOUND')
  }

  command(app, {
    url: '/committee/bodies',
    tags,
    permission,
    summary: '登记成员单位',
    description: '可一次登记多个；已是成员单位的名称不重复登记。',
    body: z.object({ names: z.array(Name).min(1).max(MOST_BODIES), from: InputDay }),
    answer: z.object({ bodyIds: z.array(z.string()) }),
    precondition: 'none',
    handle: async ({ body, context, scope }) => {
      requireOffice(scope, context)
      const bodies = body.names.map((name, place) => ({
        bodyId: deterministicId(context.commandId, 'member-body', String(place)),
        name,
      }))
      const done = await committee.execute(COMMITTEE_ID, context, {
        decide: (state) => seatMemberBodies({ bodies, from: body.from }, state),
      })
      return { ...done, bodyIds: bodies.map(({ bodyId }) => bodyId) }
    },
  })

  command(app, {
    url: '/committee/bodies/:bodyId/rename',
    tags,
    permission,
    summary: '成员单位更名',
    params: ByBody,
    body: z.object({ name: Name, from: InputDay }),
    precondition: 'if-match',
    handle: async ({ params, body, context, scope, expected }) => {
      await requireBody(params.bodyId, scope, context)
      return await committee.execute(COMMITTEE_ID, context, {
        expected,
        decide: (state) => renameMemberBody({ ...params, ...body }, state),
      })
    },
  })

  command(app, {
    url: '/committee/bodies/:bodyId/leave',
    tags,
    permission,
    summary: '成员单位退出',
    description: '其委员和联络员的任职同日结束。',
    params: ByBody,
    body: Leave,
    precondition: 'if-match',
    handle: async ({ params, body, context, scope, expected }) => {
      await requireBody(params.bodyId, scope, context)
      return await committee.execute(COMMITTEE_ID, context, {
        expected,
        decide: (state) => leaveCommittee({ ...params, ...body }, state),
      })
    },
  })

  command(app, {
    url: '/committee/bodies/:bodyId/liaison',
    tags,
    permission,
    summary: '确定或更换成员单位联络员',
    description: '更换时原联络员负责到前一天。',
    params: ByBody,
    body: z.object({ personName: Name, section: Name, phone: Phone, from: InputDay }),
    precondition: 'if-match',
    handle: async ({ params, body, context, scope, expected }) => {
      await requireBody(params.bodyId, scope, context)
      return await committee.execute(COMMITTEE_ID, context, {
        expected,
        decide: (state) => nameLiaison({ ...params, ...body }, state),
      })
    },
  })

  command(app, {
    url: '/committee/bodies/:bodyId/liaison/end',
    tags,
    permission,
    summary: '结束联络员',
    params: ByBody,
    body: Leave,
    precondition: 'if-match',
    handle: async ({ params, body, context, scope, expected }) => {
      await requireBody(params.bodyId, scope, context)
      return await committee.execute(COMMITTEE_ID, context, {
        expected,
        decide: (state) => endLiaison({ ...params, ...body }, state),
      })
    },
  })

  command(app, {
    url: '/committee/seats',
    tags,
    permission,
    summary: '任命或更换主任、副主任、委员、总督学、副总督学',
    description: '更换时原任职人员任职到前一天。副主任和副总督学可有多名，填 seatId 表示接替其中一名。',
    body: z.object({
      role: SeatRole,
      seatId: z.string().max(60).optional(),
      bodyId: Id.optional(),
      supervisorId: Id.optional(),
      personName: Name.optional(),
      personTitle: Name,
      from: InputDay,
    }),
    answer: z.object({ seatId: z.string() }),
    precondition: 'if-match',
    handle: async ({ body, context, scope, expected }) => {
      requireOffice(scope, context)
      const { role, personName, personTitle, from, bodyId = null, supervisorId } = body
      const seatId = seatOf(body, context)
      const supervisor =
        supervisorId === undefined
          ? null
          : { supervisorId, state: (await supervisors.load(context.office, supervisorId)).state }
      const done = await committee.execute(COMMITTEE_ID, context, {
        expected,
        decide: (state) => changeSeat({ role, seatId, bodyId, supervisor, personName, personTitle, from }, state),
      })
      return { ...done, seatId }
    },
  })

  command(app, {
    url: '/committee/seats/vacate',
    tags,
    permission,
    summary: '免去任职',
    body: Leave.extend({ seatId: z.string().min(1).max(60) }),
    precondition: 'if-match',
    handle: async ({ body, context, scope, expected }) => {
      requireOffice(scope, context)
      return await committee.execute(COMMITTEE_ID, context, { expected, decide: (state) => vacateSeat(body, state) })
    },
  })
}

/** There is one director and one chief supervisor, and one member per body; of the deputies there may be several. */
function seatOf(
  { role, seatId, bodyId }: { role: SeatRole; seatId?: string | undefined; bodyId?: string | undefined },
  context: CommandContext,
): string {
  if (role === 'director' || role === 'chief-supervisor') return role
  if (role === 'member') return memberSeat(bodyId ?? '')
  return `${role}:${seatId?.startsWith(`${role}:`) === true ? seatId.slice(role.length + 1) : deterministicId(context.commandId, 'seat')}`
}
