import { useState } from 'react'

/** State that stays on this machine. */
export function useStored<T>(name: string, initial: T): [T, (value: T) => void] {
  const key = `dulian.${name}`
  const [value, setValue] = useState<T>(() => {
    try {
      const stored = localStorage.getItem(key)
      return stored === null ? initial : (JSON.parse(stored) as T)
    } catch {
      return initial
    }
  })
  return [
    value,
    (next) => {
      setValue(next)
      try {
        localStorage.setItem(key, JSON.stringify(next))
      } catch {
        // A full or closed storage costs only the convenience.
      }
    },
  ]
}
