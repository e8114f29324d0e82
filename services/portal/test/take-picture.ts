import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const folder = join(import.meta.dirname, '..', '..', '..', 'docs', 'images')
const LARGEST = 150_000

/**
 * Keeps the screen as a picture for the README, only when asked to: `DULIAN_SCREENSHOTS=1 node --test
 * services/portal/test/thread-*.browser.test.ts`. A usual run leaves the tree as it is.
 */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env.DULIAN_SCREENSHOTS !== '1') return
  await page.locator('.ant-message-notice').first().waitFor({ state: 'detached' })
  const path = join(folder, `${name}.png`)
  const session = await page.context().newCDPSession(page)
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 }
  // A README shows a desk at two thirds of its width; a phone stays sharp.
  const mobile = width < 500
  const metrics = { width, height, mobile, deviceScaleFactor: mobile ? 2 : 0.8 }
  await session.send('Emulation.setDeviceMetricsOverride', metrics)
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
  await session.send('Emulation.setDeviceMetricsOverride', { ...metrics, deviceScaleFactor: mobile ? 2 : 1 })
  await session.detach()
  const { size } = await stat(path)
  if (size > LARGEST) throw new Error(`${name}.png has ${size} bytes; a picture for the README has at most ${LARGEST}`)
}
