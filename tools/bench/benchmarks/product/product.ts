import { fileURLToPath } from 'node:url'
import { type ServerProcess, startServer } from './server-process.ts'
import type { Issuer } from './sign-in.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.resolve('@dulian/standalone')))

/** Starts the all-in-one as anybody would, on a data folder, believing one issuer. */
export async function startProduct(folder: string, issuer: Issuer): Promise<ServerProcess> {
  return await startServer({
    module: main,
    nodeOptions: (process.env.DULIAN_BENCH_SERVER_OPTIONS ?? '').split(' ').filter((option) => option !== ''),
    environment: {
      DULIAN_HOST: '127.0.0.1',
      DULIAN_PORT: '0',
      DULIAN_DATA: folder,
      DULIAN_DEMO: '0',
      ...issuer.environment,
    },
  })
}

/** Resolves when every view of every service has seen everything stored. */
export async function untilCaughtUp(product: ServerProcess): Promise<void> {
  for (;;) {
    const response = await fetch(`${product.address}/health/ready`)
    const { views } = (await response.json()) as { views: readonly { readonly lag: number }[] }
    if (views.length > 0 && views.every(({ lag }) => lag === 0)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
