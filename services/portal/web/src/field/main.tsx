import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { ConfigProvider } from 'antd-mobile'
import zhCN from 'antd-mobile/es/locales/zh-CN'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiClient } from '../api/client.ts'
import { newQueryClient } from '../api/queries.ts'
import { SessionStore } from '../api/session-store.ts'
import { ConnectionProvider } from '../app/app-context.tsx'
import { applyPreferences } from '../app/preferences.ts'
import '../app/base.css'
import './field.css'
import { newFieldRouter } from './router.tsx'
import { currentOwner } from './store/current-owner.ts'
import { FieldDatabase } from './store/field-database.ts'
import { FieldStoreProvider } from './store/field-store.tsx'
import { Outbox } from './store/outbox.ts'

/** Starts the field entry. */
function start(root: HTMLElement): void {
  applyPreferences()
  const session = new SessionStore('device')
  const api = new ApiClient(session)
  const cache = newQueryClient()
  const db = new FieldDatabase()
  const outbox = new Outbox({
    db,
    api,
    owner: () => currentOwner.get(),
    onSent: () => void cache.invalidateQueries(),
  })
  session.subscribe(() => {
    void cache.invalidateQueries()
    void outbox.send({ hurry: true })
  })
  outbox.start()
  // Asks the browser not to clear the store when space is short; it may refuse.
  void navigator.storage?.persist?.().catch(() => false)
  registerServiceWorker()
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={cache}>
        <ConnectionProvider api={api} session={session}>
          <FieldStoreProvider db={db} outbox={outbox}>
            <ConfigProvider locale={zhCN}>
              <RouterProvider router={newFieldRouter()} />
            </ConfigProvider>
          </FieldStoreProvider>
        </ConnectionProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}

/** Only opens the shell without a network; everything else works without it. */
function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  window.addEventListener('load', () => {
    navigator.serviceWorker.register('/field-sw.js', { scope: '/m' }).catch(() => undefined)
  })
}

const root = document.getElementById('root')
if (root !== null) start(root)
