import { chinaDate } from '@dulian/calendar'
import { Id } from '@dulian/contracts'
import { eventSourcingError } from '@dulian/event-sourcing'
import { plainFileName } from '@dulian/files'
import {
  command,
  download,
  grantOf,
  newStreamId,
  PageQuery,
  pageOf,
  query,
  requireInScope,
  securedRoute,
} from '@dulian/http-kit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { registryError } from '../errors.ts'
import type { Registry } from '../registry.ts'
import { IMPORTS, type ImportDocument } from '../views/imports/projection.ts'
import {
  CheckAnswer,
  checkAnswer,
  JobAnswer,
  PastImportAnswer,
  pastAnswer,
  runningAnswer,
  storedAnswer,
} from './answers.ts'
import { checkTable } from './check-table.ts'
import { beginImport } from './decide.ts'
import { errorFile } from './error-file.ts'
import { ImportJobs } from './import-jobs.ts'
import { type ImportKind, importKinds } from './import-kind.ts'
import { schoolImport } from './school-import.ts'
import { supervisorImport } from './supervisor-import.ts'
import { importTemplate } from './template.ts'
import { acceptTables, readUploaded, TABLE_BODY_LIMIT, TableInput } from './uploaded-table.ts'
import { zonesOf } from './zones-of.ts'

const tags = ['批量导入']
const permission = 'registry.manage'
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const bodyLimit = TABLE_BODY_LIMIT
/** Milliseconds somebody at a screen waits for the view. */
const PATIENCE = 2_000

/** 批量导入 of schools and supervisors from Excel: template, check, file of errors, run with its progress. */
export async function importRoutes(app: FastifyInstance, registry: Registry): Promise<void> {
  const jobs = new ImportJobs(registry)
  app.addHook('onClose', () => jobs.stop())
  await app.register(async (uploads) => {
    await acceptTables(uploads)
    for (const kind of [schoolImport, supervisorImport]) {
      looking(uploads, registry, kind)
      running(uploads, registry, kind, jobs)
    }
  })
  following(app, registry, jobs)
}

function looking(app: FastifyInstance, registry: Registry, kind: ImportKind): void {
  const judged = async (request: FastifyRequest) => {
    const { office } = grantOf(request).identity
    const file = await readUploaded(request, request.body as TableInput)
    const table = await kind.read(file.sheets)
    const zones = await zonesOf(registry, office, PATIENCE)
    const on = chinaDate(registry.clock.now())
    const rows = await checkTable(table, { ...file, registry, office, on, patience: PATIENCE, zones })
    return { file, table, rows }
  }

  download(app, {
    url: `/imports/${kind.name}/template`,
    tags,
    permission,
    summary: `${kind.title}导入模板（Excel，含下拉选项）`,
    mediaType: EXCEL,
    handle: async ({ identity }) => {
      const zones = await zonesOf(registry, identity.office, PATIENCE)
      return { name: `${kind.title}导入模板.xlsx`, bytes: await importTemplate(kind, [...zones.keys()]) }
    },
  })

  securedRoute(app, {
    method: 'POST',
    url: `/imports/${kind.name}/check`,
    tags,
    permission,
    summary: `预览${kind.title}导入：逐行检查，不保存任何内容`,
    description: '可用 multipart 上传文件，或用 JSON 提交文件内容（base64）。',
    body: TableInput,
    answer: CheckAnswer,
    bodyLimit,
    handler: async (request) => {
      const { file, table, rows } = await judged(request)
      return checkAnswer(table, file, rows)
    },
  })

  securedRoute(app, {
    method: 'POST',
    url: `/imports/${kind.name}/errors`,
    tags,
    permission,
    summary: `${kind.title}导入的错误清单（Excel）：有问题的行及原因，可改正后再上传`,
    body: TableInput,
    mediaType: EXCEL,
    bodyLimit,
    handler: async (request, reply) => {
      const { file, rows } = await judged(request)
      const bad = rows.filter(({ outcome }) => outcome === 'refused')
      const name = encodeURIComponent(plainFileName(`需改正 ${file.fileName.replace(/\.\w{1,5}$/, '')}.xlsx`))
      return reply
        .headers({
          'cache-control': 'private, no-store',
          'content-disposition': `attachment; filename*=UTF-8''${name}`,
        })
        .type(EXCEL)
        .send(Buffer.from(await errorFile(kind, bad)))
    },
  })
}

function running(app: FastifyInstance, registry: Registry, kind: ImportKind, jobs: ImportJobs): void {
  command(app, {
    url: `/imports/${kind.name}`,
    tags,
    permission,
    summary: `导入${kind.title}`,
    description: '立即返回，逐行保存在后台进行；进度见 /imports/jobs/{id}。同一份文件再次导入不会重复建立。',
    body: TableInput,
    answer: z.object({ rows: z.number().int() }),
    precondition: 'new',
    bodyLimit,
    handle: async ({ body, context, identity, scope, expected, request }) => {
      requireInScope(scope, { office: context.office })
      const id = newStreamId(context)
      jobs.requireNone(context.office, id)
      const { fileName, fileHash, sheets } = await readUploaded(request, body)
      const table = await kind.read(sheets)
      const startedBy = identity.name
      const began = { kind: kind.name, fileName, fileHash, rows: table.length, startedBy, at: context.at }
      // Reading took its time.
      jobs.requireNone(context.office, id)
      const begun = await registry.imports.execute(id, context, { expected, decide: () => beginImport(began) })
      // Asked again after the process had stopped half-way, it goes on; what is over stays over.
      if (begun.state.stage === 'begun') jobs.start(id, table, { fileName, fileHash }, context)
      return { ...begun, rows: table.length }
    },
  })
}

function following(app: FastifyInstance, registry: Registry, jobs: ImportJobs): void {
  const { imports, importsView, clock } = registry
  const params = z.object({ id: Id })

  query(app, {
    url: '/imports/jobs',
    tags,
    permission,
    summary: '导入记录：何人何时导入了哪份表格，结果如何，新的在前',
    query: PageQuery.extend({ kind: z.enum(importKinds).optional() }),
    answer: pageOf(PastImportAnswer),
    freshness: () => importsView,
    handle: async ({ query: { limit, cursor, kind }, scope }) => {
      const page = await importsView.find<ImportDocument>(IMPORTS, {
        where: { office: scope.office, ...(kind === undefined ? {} : { kind }) },
        sort: [['startedAt', 'desc']],
        limit,
        cursor,
      })
      const items = page.items.map(({ document }) =>
        pastAnswer(document, jobs.find(scope.office, document.importId), clock.now()),
      )
      return { items, nextCursor: page.nextCursor }
    },
  })

  query(app, {
    url: '/imports/jobs/:id',
    tags,
    permission,
    summary: '一次导入的进度和结果',
    params,
    answer: JobAnswer,
    handle: async ({ params: { id }, scope }) => {
      const { state } = await imports.get(scope.office, id)
      const job = jobs.find(scope.office, id)
      if (job !== undefined) return runningAnswer(job, clock.now())
      if (state.stage === 'unknown') throw eventSourcingError('STREAM_NOT_FOUND')
      return storedAnswer(id, state)
    },
  })

  command(app, {
    url: '/imports/jobs/:id/cancel',
    tags,
    permission,
    summary: '停止导入：已保存的保留，其余不再处理',
    params,
    precondition: 'none',
    handle: async ({ params: { id }, context, scope }) => {
      requireInScope(scope, { office: context.office })
      const { state, version } = await imports.get(context.office, id)
      const job = jobs.find(context.office, id)
      if (job === undefined || job.state !== 'running') {
        if (state.stage === 'ended' && state.ended.outcome === 'cancelled') return { id, version, position: '0' }
        throw registryError('IMPORT_OVER')
      }
      jobs.cancel(job)
      return { id, version, position: await registry.store.head() }
    },
  })
}
