import type { Browser } from './browser.ts'

/**
 * Walks from the issuer's authorization address through its forms: signs in as `login` and consents, or refuses at the first form.
 * Answers the address it leads back to.
 */
export async function signInAt(
  browser: Browser,
  authorization: string,
  options: { readonly login: string; readonly refuse?: true },
): Promise<string> {
  const { host } = new URL(authorization)
  let at = authorization
  for (let step = 0; step < 20; step += 1) {
    if (new URL(at).host !== host) return at
    const response = await browser.get(at)
    const location = response.headers.get('location')
    if (location !== null) {
      at = new URL(location, at).href
      continue
    }
    const page = await response.text()
    if (!at.includes('/interaction/')) throw new Error(`the issuer shows ${response.status} at ${at}: ${page}`)
    const next = await leaveForm(browser, at, page, options)
    at = new URL(next.headers.get('location') ?? at, at).href
  }
  throw new Error(`the issuer leads nowhere: ${at}`)
}

async function leaveForm(
  browser: Browser,
  at: string,
  page: string,
  { login, refuse }: { readonly login: string; readonly refuse?: true },
): Promise<Response> {
  if (refuse === true) return await browser.get(`${at}/abort`)
  const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? 'login'
  return await browser.post(at, prompt === 'login' ? { prompt, login, password: 'any' } : { prompt })
}
