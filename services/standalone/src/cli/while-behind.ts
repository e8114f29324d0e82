import { CommandFailed } from './command-failed.ts'

/** The instance itself waits some seconds each time before it says that a check is behind. */
const TIMES = 12

/**
 * Gives a command again whose check was behind: nothing of it was carried out, and nobody sits at a command line to do it.
 * Throws what the last try threw.
 */
export async function whileBehind<T>(give: () => Promise<T>, times = TIMES): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await give()
    } catch (error) {
      if (tried >= times || !isBehind(error)) throw error
    }
  }
}

function isBehind(error: unknown): boolean {
  return error instanceof CommandFailed && (error.problem as { code?: unknown } | undefined)?.code === 'CHECK_BEHIND'
}
