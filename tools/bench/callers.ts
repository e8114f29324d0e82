/** So many callers at once, each asking again as soon as it has its answer, until all work is given out. Resolves to works per second. */
export async function driveCallers(
  callers: number,
  works: number,
  work: (index: number) => Promise<void>,
): Promise<number> {
  let next = 0
  const caller = async (): Promise<void> => {
    for (let index = next++; index < works; index = next++) await work(index)
  }
  const begin = performance.now()
  await Promise.all(Array.from({ length: callers }, caller))
  return (works * 1000) / (performance.now() - begin)
}
