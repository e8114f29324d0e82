import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findChromium, launchChromium, noChromium } from './chromium.ts'

test('a browser named by the environment comes first, and a wrong name is said, not worked around', () => {
  assert.equal(findChromium({ DULIAN_CHROMIUM: process.execPath }), process.execPath)
  assert.throws(() => findChromium({ DULIAN_CHROMIUM: '/nowhere/chromium' }), /does not exist/)
})

test('the browser starts and renders Chinese text', { skip: findChromium() ? false : noChromium }, async () => {
  const browser = await launchChromium()
  assert.ok(browser)
  try {
    const page = await browser.newPage()
    await page.setContent('<p>督联</p>')
    assert.equal(await page.textContent('p'), '督联')
  } finally {
    await browser.close()
  }
})
