/** Makes one committed file out of the sources of the repository; the same sources always give the same text. */
export interface Generator {
  readonly name: string
  /** The file it writes, relative to the repository. */
  readonly output: string
  generate(root: string): Promise<string>
}

/** What a generator reads is not written yet. Every other error is a real one. */
export class SourceMissing extends Error {
  constructor(source: string) {
    super(`its source is missing: ${source}`)
    this.name = 'SourceMissing'
  }
}
