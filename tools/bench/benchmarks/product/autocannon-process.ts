import { readFileSync } from 'node:fs'
import autocannon from 'autocannon'
import type { Load } from './load.ts'

/** The load from a file, driven by autocannon: where there is no wrk. */
const { address, openings, paths, people, body, name, connections, seconds } = JSON.parse(
  readFileSync(process.argv[2] ?? '', 'utf8'),
) as Load
let count = 0
const result = await autocannon({
  url: address,
  connections,
  duration: seconds,
  requests: [
    {
      method: 'POST',
      body,
      setupRequest: (request) => {
        const n = count
        const place = n - openings.length
        count += 1
        return {
          ...request,
          path: openings[n] ?? paths[place % paths.length] ?? '/',
          headers: {
            'content-type': 'application/json',
            authorization: people[n % people.length] ?? '',
            'idempotency-key': `${name}-${n}`,
            'if-match': `"v${Math.max(1, 1 + Math.floor(place / paths.length))}"`,
          },
        }
      },
    },
  ],
})
const outcome = {
  requests: result.requests.total,
  seconds: result.duration,
  refused: result.non2xx,
  broken: result.errors,
}
process.stdout.write(`${JSON.stringify(outcome)}\n`)
