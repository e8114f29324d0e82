import { fileURLToPath } from 'node:url'

/** Where the web application is built to. */
export const webRoot: string = fileURLToPath(new URL('../../portal/web/dist', import.meta.url))
