/** Begins one work after the other, so many per second, without waiting for the one before, unless told to end. Resolves when all are done. */
export async function atRate(
  perSecond: number,
  works: number,
  work: (index: number) => Promise<void>,
  ended: () => boolean = () => false,
): Promise<void> {
  const begin = performance.now()
  const under: Promise<void>[] = []
  for (let index = 0; index < works && !ended(); ) {
    const due = Math.min(works, Math.floor(((performance.now() - begin) * perSecond) / 1_000) + 1)
    for (; index < due; index += 1) under.push(work(index))
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(under)
}

/** The value below which so large a share of them lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
