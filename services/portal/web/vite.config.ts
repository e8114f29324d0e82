import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { collectFieldFiles } from './build/field-files.ts'

const field = collectFieldFiles('m.html')
/** Files of public/ that the phone needs offline. */
const fieldPublic = new Set(['icon.svg', 'icon-192.png', 'icon-512.png'])

/** `/m` and what lies below it is the field entry, as the portal serves it. */
function fieldFallback() {
  return {
    name: 'dulian:field-fallback',
    configureServer(server: {
      middlewares: { use(handler: (request: { url?: string }, response: unknown, next: () => void) => void): void }
    }) {
      server.middlewares.use((request, _response, next) => {
        if (/^\/m(?:[/?#]|$)/.test(request.url ?? '')) request.url = '/m.html'
        next()
      })
    },
  }
}

export default defineConfig(({ mode }) => ({
  plugins: [
    react(),
    fieldFallback(),
    field.plugin,
    VitePWA({
      strategies: 'generateSW',
      registerType: 'autoUpdate',
      injectRegister: null,
      filename: 'field-sw.js',
      scope: '/m',
      manifestFilename: 'field.webmanifest',
      includeManifestIcons: false,
      manifest: {
        id: '/m',
        name: '督联 · 进校督查',
        short_name: '督联',
        description: '进校督查与整改上报，没有网络也能填写',
        lang: 'zh-CN',
        start_url: '/m',
        scope: '/m',
        display: 'standalone',
        background_color: '#f5f7fa',
        theme_color: '#1d4f91',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg,png}'],
        navigateFallback: '/m.html',
        navigateFallbackAllowlist: [/^\/m(?:\/|$)/],
        cleanupOutdatedCaches: true,
        maximumFileSizeToCacheInBytes: 4_000_000,
        inlineWorkboxRuntime: true,
        manifestTransforms: [
          (entries) => ({
            manifest: entries.filter((entry) => field.files.has(entry.url) || fieldPublic.has(entry.url)),
            warnings: [],
          }),
        ],
      },
    }),
  ],
  build: {
    target: ['chrome88'],
    cssTarget: ['chrome88'],
    assetsInlineLimit: 2048,
    chunkSizeWarningLimit: 1500,
    reportCompressedSize: true,
    rolldownOptions: {
      input: { desk: 'index.html', field: 'm.html' },
      // The contracts are zod schemas; the browser takes only their words and types.
      treeshake: {
        moduleSideEffects: [{ test: /\/contracts\/src\//, sideEffects: false }],
        manualPureFunctions: ['z'],
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(
      ['/api', '/auth', '/system', '/health'].map((path) => [
        path,
        { target: loadEnv(mode, '.', 'DULIAN_').DULIAN_ADDRESS ?? 'http://127.0.0.1:7100' },
      ]),
    ),
  },
}))
