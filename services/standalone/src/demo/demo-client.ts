import { deterministicId } from '@dulian/event-sourcing'
import type { FastifyInstance } from 'fastify'

export interface Done {
  readonly id: string
  readonly version: number
  readonly position: string
}

/** Somebody who works through the real routes, as a browser would; the seed's only way to change anything. */
export interface DemoPerson {
  /** `key` names the act: seeding again with the same key repeats the command instead of doubling it. */
  post<A extends Done = Done>(path: string, key: string, body: unknown, ifMatch?: number): Promise<A>
  get<T>(path: string): Promise<T>
}

/** Throws with the problem's own words when the product refuses: a seed that is refused is a mistake in the seed. */
export function demoPerson(app: FastifyInstance, token: () => Promise<string>): DemoPerson {
  async function send(
    method: 'GET' | 'POST',
    path: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<unknown> {
    const response = await app.inject({
      method,
      url: path,
      headers: { authorization: `Bearer ${await token()}`, ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    if (response.statusCode >= 400) throw new Error(`${method} ${path} → ${response.statusCode} ${response.body}`)
    return response.json()
  }
  return {
    post: async <A extends Done>(path: string, key: string, body: unknown, ifMatch?: number) =>
      (await send(
        'POST',
        path,
        {
          'idempotency-key': deterministicId('demo', key),
          ...(ifMatch === undefined ? {} : { 'if-match': `"v${ifMatch}"` }),
        },
        body,
      )) as A,
    get: async <T>(path: string) => (await send('GET', path, {})) as T,
  }
}
