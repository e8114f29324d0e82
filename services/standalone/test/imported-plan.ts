import assert from 'node:assert/strict'
import type { Answer } from './test-instance.ts'

/** The item in which these words stand. */
export function itemOf(plan: Answer['body'], words: string): Answer['body'] {
  const found = plan.items.find(({ heading, text }: { heading: string | null; text: string }) =>
    `${heading ?? ''}${text}`.includes(words),
  )
  assert.ok(found, `no item speaks of ${words}`)
  return found
}

/** Every character of the source but white space stands in the plan, in its order [G5]. */
export function assertWhole(source: string, plan: Answer['body']): void {
  const items = plan.items as { marker: string; heading: string | null; text: string; order: number }[]
  const said = items
    .toSorted((a, b) => a.order - b.order)
    .map(({ marker, heading, text }) => `${marker}${heading ?? ''}${text}`)
  const plain = (text: string): string => text.replace(/\s+/g, '')
  assert.equal(plain([plan.preamble, ...said, plan.trailing].join('')), plain(source))
}
