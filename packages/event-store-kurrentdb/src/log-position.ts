import { isPosition, type Position, START } from '@dulian/views'

/** A place in the server's log: where the transaction was committed and where the record itself stands. */
export interface LogPosition {
  readonly commit: string
  readonly prepare: string
}

/** `undefined` for what older servers send where they know no position. */
export function toPosition(commit: string, prepare: string): Position | undefined {
  const position = `${commit}/${prepare}`
  return isPosition(position) ? position : undefined
}

/** `undefined` for `START`. Throws `RangeError` for a position of another kind of store. */
export function toLogPosition(position: Position): LogPosition | undefined {
  if (position === START) return undefined
  const [commit = '', prepare] = position.split('/')
  if (!isPosition(position) || prepare === undefined) {
    throw new RangeError(`not a position of this store: ${position.slice(0, 60)}`)
  }
  return { commit, prepare }
}
