import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { publicRoute } from '@dulian/http-kit'
import files from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { unbuiltPage } from './unbuilt-page.ts'

/** The component library writes its styles into the page; everything else comes from files of this host. */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "frame-src 'self' blob:",
  "object-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const pageHeaders = {
  'content-security-policy': policy,
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(self), geolocation=(self), microphone=()',
} as const

/** What the web application leaves to others: an unknown address here is an error, not a screen. */
const notScreens = ['/api/', '/auth/', '/health/', '/exchange/', '/docs/', '/assets/']

/** Build output that carries a hash of its content in its name. */
const HASHED = /^\/assets\//

/**
 * Serves the built web application: the desk at `/`, the field entry at `/m`, each for every address below it that is a
 * screen. Nothing is built here; while nothing is, the page says what to do.
 */
export async function webPages(app: FastifyInstance, options: { readonly webRoot: string }): Promise<void> {
  const { webRoot } = options
  await app.register(async (pages) => {
    await pages.register(files, {
      root: webRoot,
      serve: false,
      preCompressed: true,
      dotfiles: 'ignore',
      index: false,
      suppressWarning: true,
    })
    const because = 'the web application holds no data; it signs in by itself'
    const route = { method: 'GET', because, rateLimit: false, compress: true, unlisted: true } as const
    publicRoute(pages, {
      ...route,
      url: '/',
      summary: '桌面端',
      handler: (request, reply) => sendPage('index.html', request, reply),
    })
    publicRoute(pages, {
      ...route,
      url: '/m',
      summary: '手机端',
      handler: (request, reply) => sendPage('m.html', request, reply),
    })
    publicRoute(pages, { ...route, url: '/*', summary: '网页文件', handler: sendFileOrScreen })
  })

  function sendFileOrScreen(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const path = request.url.split('?', 1)[0] ?? '/'
    const name = decodeURIComponent(path).slice(1)
    if (isFile(name)) {
      return reply
        .headers(pageHeaders)
        .sendFile(name, webRoot, {
          cacheControl: false,
        })
        .header('cache-control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    }
    const isScreen = !notScreens.some((prefix) => `${path}/`.startsWith(prefix)) && !/\.[A-Za-z0-9]{1,12}$/.test(path)
    if (!isScreen) {
      reply.callNotFound()
      return reply
    }
    return sendPage(path.startsWith('/m/') ? 'm.html' : 'index.html', request, reply)
  }

  function isFile(name: string): boolean {
    return (
      !name.split(/[/\\]/).some((step) => step === '..' || step.startsWith('.')) &&
      name.includes('.') &&
      existsSync(join(webRoot, name))
    )
  }

  function sendPage(name: string, _request: FastifyRequest, reply: FastifyReply): FastifyReply {
    if (!existsSync(join(webRoot, name)))
      return reply.code(503).headers(pageHeaders).type('text/html; charset=utf-8').send(unbuiltPage)
    return reply
      .headers(pageHeaders)
      .header('cache-control', 'no-cache')
      .sendFile(name, webRoot, { cacheControl: false })
  }
}
