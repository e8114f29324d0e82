import { spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** Requests in turn over paths and people, each with a key of its own; the n-th round over the paths names version n. */
export interface Load {
  readonly address: string
  /** Asked once each before the rounds begin: while it connects, wrk throws some requests away that it has asked for. */
  readonly openings: readonly string[]
  readonly paths: readonly string[]
  /** `Authorization` headers. */
  readonly people: readonly string[]
  readonly body: string
  /** Distinguishes the keys of one load from those of another. */
  readonly name: string
  readonly connections: number
  readonly seconds: number
  /** A folder for what the driver needs. */
  readonly folder: string
}

const Outcome = z.object({ requests: z.number(), seconds: z.number(), refused: z.number(), broken: z.number() })

export function hasWrk(): boolean {
  return spawnSync('wrk', ['-v']).error === undefined
}

/** Drives the load from a process of its own, by wrk or, where that is not installed, by autocannon. Requests answered per second. */
export async function drive(load: Load, withWrk: boolean): Promise<number> {
  const file = join(load.folder, `load-${load.name}.${withWrk ? 'lua' : 'json'}`)
  writeFileSync(file, withWrk ? luaScript(load) : JSON.stringify(load))
  const output = withWrk
    ? await run('wrk', ['-t1', `-c${load.connections}`, `-d${load.seconds}s`, '-s', file, load.address])
    : await run(process.execPath, [fileURLToPath(new URL('./autocannon-process.ts', import.meta.url)), file])
  const outcome = Outcome.parse(JSON.parse(output.trim().split('\n').at(-1) ?? ''))
  if (outcome.refused > 0 || outcome.broken > 0) {
    throw new Error(`${outcome.refused} of ${outcome.requests} requests were refused and ${outcome.broken} broken off`)
  }
  return outcome.requests / outcome.seconds
}

function luaScript({ openings, paths, people, body, name }: Load): string {
  const list = (values: readonly string[]): string => `{${values.map((value) => JSON.stringify(value)).join(',')}}`
  return `
local openings, paths, people = ${list(openings)}, ${list(paths)}, ${list(people)}
local body = ${JSON.stringify(body)}
local headers = { ["content-type"] = "application/json" }
local n = -1
function request()
  n = n + 1
  local place = n - #openings
  local path = openings[n + 1] or paths[place % #paths + 1]
  headers["authorization"] = people[n % #people + 1]
  headers["idempotency-key"] = "${name}-" .. n
  headers["if-match"] = '"v' .. math.max(1, 1 + math.floor(place / #paths)) .. '"'
  return wrk.format("POST", path, headers, body)
end
function done(summary)
  local errors = summary.errors
  io.write(string.format('{"requests":%d,"seconds":%f,"refused":%d,"broken":%d}\\n', summary.requests,
    summary.duration / 1000000, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
`
}

async function run(command: string, args: readonly string[]): Promise<string> {
  return await new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`${command} ended with ${code}`))))
  })
}
