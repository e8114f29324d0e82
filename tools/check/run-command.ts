import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { Problem } from './problem.ts'

/** Runs one of the installed tools and takes what it prints as the problem when it fails. */
export async function runCommand(root: string, cwd: string, tool: string, args: readonly string[]): Promise<Problem[]> {
  const bin = join(root, 'node_modules', '.bin')
  const child = spawn(tool, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      PATH: `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`,
      NO_COLOR: '1',
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code === 0) return []
  const said = stripVTControlCharacters(output).trim()
  return [{ file: [tool, ...args].join(' '), message: `ended with ${code}\n${said}` }]
}
