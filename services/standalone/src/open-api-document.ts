import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from './config.ts'
import { Instance } from './instance.ts'

/** The OpenAPI document of the whole instance, with the demo's sign-in, as `/openapi.json` serves it. */
export async function openApiDocument(): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-openapi-'))
  const instance = await Instance.open({
    config: readConfig({ DULIAN_DATA: folder, DULIAN_DEMO: '1', DULIAN_LOG_LEVEL: 'silent' }, folder),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    pid: 0,
    webRoot: join(folder, 'no-web'),
  })
  try {
    const response = await instance.app.inject({ method: 'GET', url: '/openapi.json' })
    return response.json<object>()
  } finally {
    await instance.stop()
    await rm(folder, { recursive: true })
  }
}
