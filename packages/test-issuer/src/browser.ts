/** What of a browser signing in needs: cookies by host, and no following of its own. */
export class Browser {
  readonly #jars = new Map<string, Map<string, string>>()

  async get(url: string): Promise<Response> {
    return await this.#send(url, { method: 'GET' })
  }

  async post(url: string, form: Readonly<Record<string, string>>): Promise<Response> {
    return await this.#send(url, { method: 'POST', body: new URLSearchParams(form) })
  }

  /** The cookies it would send there, as one header. */
  cookiesFor(url: string): string {
    const jar = this.#jars.get(new URL(url).host)
    return [...(jar ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** Takes over what an answer sets. */
  take(url: string, setCookies: readonly string[]): void {
    const { host } = new URL(url)
    const jar = this.#jars.get(host) ?? new Map<string, string>()
    this.#jars.set(host, jar)
    for (const line of setCookies) {
      const [pair = '', ...attributes] = line.split(';')
      const at = pair.indexOf('=')
      const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
      if (value === '' || attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute))) jar.delete(name)
      else jar.set(name, value)
    }
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    const cookie = this.cookiesFor(url)
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: cookie === '' ? {} : { cookie },
    })
    this.take(url, response.headers.getSetCookie())
    return response
  }
}
