const KEY = 'dulian.field-owner'

/** Who works on this phone, by subject; known before the server can be asked. */
export const currentOwner = {
  get(): string | undefined {
    return localStorage.getItem(KEY) ?? undefined
  },
  set(subject: string | undefined): void {
    if (subject === undefined) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, subject)
  },
}
