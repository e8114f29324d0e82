import { errorLabel } from '@dulian/bus'

export type Answered<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string }

/** What an engine said, or why it said nothing: class and code of its error, or `TIMEOUT`. Never throws. */
export function answerWithin<T>(asked: Promise<T>, milliseconds: number): Promise<Answered<T>> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ ok: false, error: 'TIMEOUT' }), milliseconds)
    asked.then(
      (value) => {
        clearTimeout(timer)
        resolve({ ok: true, value })
      },
      (error: unknown) => {
        clearTimeout(timer)
        resolve({ ok: false, error: errorLabel(error) })
      },
    )
  })
}
