import { Confidence } from '@dulian/dated-rules'
import { query } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { supervisionRules } from './supervision-rules.ts'

const RuleAnswer = z.object({
  id: z.string(),
  version: z.number().int(),
  title: z.string(),
  value: z.number(),
  unit: z.string(),
  effectiveFrom: z.string(),
  source: z.string(),
  /** `high`: an official text; else a default an office may change. */
  confidence: Confidence,
})

/** The figures this service decides by, with their sources, so that a default is seen to be one. */
export function ruleRoutes(app: FastifyInstance): void {
  query(app, {
    url: '/rules',
    tags: ['规则'],
    permission: 'registry.read',
    summary: '督学与挂牌督导的规则数据',
    answer: z.object({ items: z.array(RuleAnswer) }),
    handle: () => ({
      items: supervisionRules.flatMap(({ versions }) =>
        versions.map(({ value, ...version }) => ({ ...version, value: value.amount, unit: value.unit })),
      ),
    }),
  })
}
