/**
 * The same question of many askers, asked once: who comes while it is under way, or within so many milliseconds of its answer,
 * gets that answer.
 */
export function sharedAnswer<T>(ask: () => Promise<T>, milliseconds = 0): () => Promise<T> {
  let shared: Promise<T> | undefined
  return () => {
    if (shared !== undefined) return shared
    const asked = ask()
    shared = asked
    const forget = (): void => {
      shared = undefined
    }
    const settled = (): void => {
      if (milliseconds === 0) forget()
      else setTimeout(forget, milliseconds).unref()
    }
    asked.then(settled, settled)
    return asked
  }
}
