/** One thing a check found wrong. */
export interface Problem {
  /** Path relative to the repository, with forward slashes. */
  readonly file: string
  readonly line?: number
  readonly message: string
}

export function printProblem({ file, line, message }: Problem): string {
  return `${file}${line === undefined ? '' : `:${line}`}  ${message}`
}
