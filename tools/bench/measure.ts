import type { Prepared, Result, Row } from './benchmark.ts'
import { watchSteal } from './steal.ts'

const STEAL_LIMIT_PERCENT = 5
const ROUNDS = 7
const QUICK_ROUNDS = 3
/** A round may be repeated until this many times the wanted number have been run. */
const PATIENCE = 3

interface Round {
  readonly values: { readonly [contestant: string]: number }
  readonly steal: number
}

/** Lets the contestants take turns until enough rounds were undisturbed, and compares their medians. */
export async function measure(
  prepared: Prepared,
  quick: boolean,
  progress: (message: string) => void,
  watch: typeof watchSteal = watchSteal,
): Promise<Result[]> {
  const wanted = quick ? QUICK_ROUNDS : (prepared.rounds ?? ROUNDS)
  if (prepared.warmUp !== false) await runRound(prepared, watch)
  const rounds: Round[] = []
  for (let tries = 0; tries < wanted * PATIENCE && undisturbed(rounds).length < wanted; tries += 1) {
    const round = await runRound(prepared, watch)
    rounds.push(round)
    const values = Object.entries(round.values).map(([name, value]) => `${name} ${round3(value)}`)
    const verdict = round.steal > STEAL_LIMIT_PERCENT ? `void (steal ${round3(round.steal)} %)` : 'counts'
    progress(`  round ${tries + 1}: ${values.join(', ')} — ${verdict}`)
  }
  const counting = undisturbed(rounds)
  const isVoid = counting.length < wanted
  return prepared.rows.map((row) => toResult(row, isVoid ? rounds : counting, isVoid, prepared.server))
}

async function runRound(prepared: Prepared, watch: typeof watchSteal): Promise<Round> {
  const values: { [contestant: string]: number } = {}
  let steal = 0
  for (const [name, run] of Object.entries(prepared.contestants)) {
    // Each begins without the rubbish of the one before.
    globalThis.gc?.()
    const stolen = watch()
    values[name] = await run()
    steal = Math.max(steal, stolen())
  }
  return { values, steal }
}

function undisturbed(rounds: readonly Round[]): readonly Round[] {
  return rounds.filter((round) => round.steal <= STEAL_LIMIT_PERCENT)
}

function toResult(row: Row, rounds: readonly Round[], isVoid: boolean, server?: string): Result {
  const of = (contestant: string): number[] => rounds.map((round) => round.values[contestant] ?? Number.NaN)
  const measured = of(row.measured)
  const middle = median(measured)
  const reference =
    row.reference === undefined ? null : { name: row.reference, median: round3(median(of(row.reference))) }
  return {
    name: row.name,
    unit: row.unit,
    median: round3(middle),
    min: round3(Math.min(...measured)),
    max: round3(Math.max(...measured)),
    runs: rounds.length,
    reference,
    ratio: reference === null ? null : round3(middle / reference.median),
    stealPercent: round3(Math.max(...rounds.map((round) => round.steal))),
    void: isVoid,
    server: server ?? null,
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  const upper = sorted[half] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2
}

/** Three decimals for small figures, none for large ones. */
function round3(value: number): number {
  return Math.abs(value) >= 1_000 ? Math.round(value) : Math.round(value * 1_000) / 1_000
}
