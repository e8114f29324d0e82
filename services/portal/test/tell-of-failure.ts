import { afterEach, type TestContext } from 'node:test'
import type { BrowserContext } from 'playwright-core'

/** Open windows, each with what the browser complained about. */
const open = new Map<BrowserContext, readonly string[]>()
const MOST_TEXT = 1_500
const shownText = 'document.body.innerText'

/** From now on a test that fails tells what the windows of this person showed at that moment. */
export function tellOfFailure(context: BrowserContext, complaints: readonly string[]): void {
  open.set(context, complaints)
  context.once('close', () => open.delete(context))
}

afterEach(async (context) => {
  if ((context as TestContext).passed) return
  for (const [window, complaints] of open) {
    for (const page of window.pages()) {
      const text = await page.evaluate(shownText).catch(() => '(nothing to be read)')
      const said = String(text)
        .replaceAll(/\s*\n\s*/g, ' / ')
        .slice(0, MOST_TEXT)
      process.stdout.write(`--- ${page.url()}\n${said}\n`)
    }
    if (complaints.length === 0) continue
    process.stdout.write(`the browser complained: ${complaints.join(' | ').slice(0, MOST_TEXT)}\n`)
  }
})
