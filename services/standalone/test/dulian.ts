import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { childEnvironment } from './child-environment.ts'

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** The one document that `--json` promises; throws when stdout is anything else. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came back
  readonly json: any
}

const root = join(import.meta.dirname, '..', '..', '..')

/** Runs the command line as `npm run -s dulian --` does. */
export async function dulian(
  dataFolder: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const child = spawn(process.execPath, ['services/standalone/src/cli/main.ts', ...args], {
    cwd: root,
    env: childEnvironment({ DULIAN_DATA: dataFolder, ...settings }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    code,
    stdout,
    stderr,
    get json() {
      return JSON.parse(stdout)
    },
  }
}
