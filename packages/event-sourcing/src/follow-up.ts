import { deterministicId } from './ids.ts'
import type { CommandContext } from './streams.ts'

/**
 * The context of a further step that a command brings with it. Its id follows from the command's, so that the step is
 * recognised when the command is repeated, and is not taken for the command itself on the same stream.
 */
export function followUp(context: CommandContext, step: string): CommandContext {
  const { commandHash: _, ...rest } = context
  return { ...rest, commandId: deterministicId(context.commandId, step) }
}
