import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Check, checks, openRepository, type Repository } from './checks.ts'
import { type Problem, printProblem } from './problem.ts'

const usage = `npm run check -- [--only name,…]
  --only   only these checks: ${checks.map(({ name }) => name).join(', ')}`

interface Result {
  readonly name: string
  readonly problems: readonly Problem[]
  readonly milliseconds: number
}

/** Runs the checks side by side, prints a summary and answers the exit code. */
export async function runChecks(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      root: { type: 'string', default: join(import.meta.dirname, '..', '..') },
      only: { type: 'string' },
    },
  })
  const wanted = values.only?.split(',').map((name) => name.trim())
  const unknown = wanted?.find((name) => !checks.some((check) => check.name === name))
  if (unknown !== undefined) {
    console.error(`There is no check “${unknown}”.\n${usage}`)
    return 2
  }
  const repository = await openRepository(resolve(values.root))
  const chosen = checks.filter(({ name }) => wanted?.includes(name) ?? true)
  const results = await Promise.all(chosen.map((check) => runCheck(check, repository)))

  for (const { name, problems } of results) {
    if (problems.length === 0) continue
    console.log(`\n== ${name}`)
    for (const problem of problems) console.log(printProblem(problem))
  }
  console.log('')
  for (const { name, problems, milliseconds } of results) {
    const verdict = problems.length === 0 ? 'ok' : `${problems.length} problem${problems.length === 1 ? '' : 's'}`
    console.log(`${problems.length === 0 ? '✓' : '✗'} ${name.padEnd(16)} ${verdict.padEnd(14)} ${milliseconds} ms`)
  }
  return results.every(({ problems }) => problems.length === 0) ? 0 : 1
}

async function runCheck(check: Check, repository: Repository): Promise<Result> {
  const started = performance.now()
  try {
    const problems = await check.find(repository)
    return { name: check.name, problems, milliseconds: Math.round(performance.now() - started) }
  } catch (error) {
    // A check that breaks has found out nothing, which is no pass.
    const message = `the check itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
    return {
      name: check.name,
      problems: [{ file: check.name, message }],
      milliseconds: Math.round(performance.now() - started),
    }
  }
}
