/** A command that was refused or did not succeed: exit code 1, with these words. */
export class CommandFailed extends Error {
  readonly problem: unknown

  constructor(message: string, problem?: unknown) {
    super(message)
    this.name = 'CommandFailed'
    this.problem = problem
  }
}
