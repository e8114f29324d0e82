import type { ViewReader } from '@dulian/service-host'
import { findAll } from '@dulian/views'
import type { Deadline } from './projection.ts'

/** Every limit that a day has overtaken and whose passing is not on record, in all offices: what the clock asks. */
export async function listOverdueBefore(view: ViewReader, day: string): Promise<readonly Deadline[]> {
  return await findAll<Deadline>(view, 'deadlines', { where: { waiting: true, dueOn: { lt: day } } })
}
