import { useSyncExternalStore } from 'react'

/** Choices of a person on this machine; none of them is worth a server's attention. */
interface Preferences {
  readonly largeType: boolean
  /** Stronger contrast on the phone, for sunlight. */
  readonly outdoor: boolean
  readonly menuCollapsed: boolean
}

const KEY = 'dulian.preferences'
const initial: Preferences = { largeType: false, outdoor: false, menuCollapsed: false }
const listeners = new Set<() => void>()
let current = load()

function load(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return { ...initial, ...(typeof stored === 'object' ? stored : {}) }
  } catch {
    return initial
  }
}

/** Marks the page, so that plain CSS can follow. */
export function applyPreferences(): void {
  document.documentElement.classList.toggle('large-type', current.largeType)
  document.documentElement.classList.toggle('outdoor', current.outdoor)
}

export function setPreference<K extends keyof Preferences>(name: K, value: Preferences[K]): void {
  current = { ...current, [name]: value }
  localStorage.setItem(KEY, JSON.stringify(current))
  applyPreferences()
  for (const listener of listeners) listener()
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
}
