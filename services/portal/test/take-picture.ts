import { writeFile } from 'node:fs/promises'
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
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 }
  const picture = width < 500 ? await page.screenshot({ caret: 'hide' }) : await smaller(page, { width, height })
  if (picture.length > LARGEST) throw new Error(`${name}.png would have ${picture.length} bytes, more than ${LARGEST}`)
  await writeFile(join(folder, `${name}.png`), picture)
}

/** A README shows a desk smaller than it is. */
async function smaller(page: Page, size: { width: number; height: number }): Promise<Buffer> {
  const session = await page.context().newCDPSession(page)
  const y = (await page.evaluate('scrollY')) as number
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'png',
    clip: { x: 0, y, ...size, scale: 0.8 },
  })
  await session.detach()
  return Buffer.from(data, 'base64')
}
