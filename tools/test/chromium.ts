import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** The one without a window first: the same browser for half the processor time. */
const usualPlaces = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** What a browser test gives as its reason to skip when `launchChromium` finds no browser. */
export const noChromium = 'no chromium found: install it or set DULIAN_CHROMIUM to its path'

/** Path of an installed Chromium, `DULIAN_CHROMIUM` first. */
export function findChromium(env: Record<string, string | undefined> = process.env): string | undefined {
  const named = env.DULIAN_CHROMIUM
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`DULIAN_CHROMIUM names ${named}, which does not exist`)
    return named
  }
  return usualPlaces.find((place) => existsSync(place))
}

/** Starts the installed Chromium without a window; undefined when there is none. The caller closes it. */
export async function launchChromium(): Promise<Browser | undefined> {
  const executablePath = findChromium()
  if (executablePath === undefined) return undefined
  // Without a locale that knows Chinese letters it would save every file as “download”.
  return await chromium.launch({
    executablePath,
    headless: true,
    args: flags,
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })
}
