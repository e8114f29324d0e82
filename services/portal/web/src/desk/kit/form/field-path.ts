import type { FieldProblem } from '../../../api/problem.ts'

export type FieldPath = (string | number)[]

/** JSON pointer → path of a form field: `/problems/0/dueOn` → ['problems', 0, 'dueOn']. */
export function pathOfPointer(pointer: string): FieldPath {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step))
}

/** Errors of one answer, gathered by field. */
export function byField(errors: readonly FieldProblem[]): { path: FieldPath; messages: string[] }[] {
  const gathered = new Map<string, string[]>()
  for (const error of errors) gathered.set(error.pointer, [...(gathered.get(error.pointer) ?? []), error.detail])
  return [...gathered].map(([pointer, messages]) => ({ path: pathOfPointer(pointer), messages }))
}
