import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiClient } from '../api/client.ts'
import { newQueryClient } from '../api/queries.ts'
import { SessionStore } from '../api/session-store.ts'
import { ConnectionProvider } from '../app/app-context.tsx'
import { applyPreferences } from '../app/preferences.ts'
import '../app/base.css'
import './desk.css'
import './kit/form/form.css'
import { DeskLook } from './desk-look.tsx'
import { newDeskRouter } from './router.tsx'

/** Starts the desk; without top-level await, which the oldest supported browsers lack. */
async function start(root: HTMLElement): Promise<void> {
  applyPreferences()
  const session = new SessionStore('tab')
  await session.inherit()
  const api = new ApiClient(session)
  const cache = newQueryClient()
  const router = newDeskRouter()
  // What one person was shown must not outlast the session.
  session.subscribe(() => session.current === undefined && cache.clear())
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={cache}>
        <ConnectionProvider api={api} session={session}>
          <DeskLook>
            <RouterProvider router={router} />
          </DeskLook>
        </ConnectionProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}

const root = document.getElementById('root')
if (root !== null) void start(root)
