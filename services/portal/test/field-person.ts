import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { DemoSite } from './demo-site.ts'
import { tellOfFailure } from './tell-of-failure.ts'
import { PATIENCE_MS } from './until.ts'

/** The smallest phone that the field entry promises to fit. */
const phone = {
  viewport: { width: 360, height: 640 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  locale: 'zh-CN',
} satisfies BrowserContextOptions

/** A phone with one open page, and how often it was touched. */
export class FieldPerson {
  readonly context: BrowserContext
  readonly complaints: string[] = []
  readonly strayRequests: string[] = []
  readonly #site: DemoSite
  #page: Page
  #taps = 0

  private constructor(site: DemoSite, context: BrowserContext, page: Page) {
    this.#site = site
    this.context = context
    this.#page = page
  }

  /** Opens `/m` and signs in by the card of a role. The caller closes the context. */
  static async signIn(
    browser: Browser,
    site: DemoSite,
    who: { readonly office: string; readonly role: string },
    options: BrowserContextOptions = {},
  ): Promise<FieldPerson> {
    const context = await browser.newContext({ ...phone, ...options })
    context.setDefaultTimeout(PATIENCE_MS)
    const person = new FieldPerson(site, context, await context.newPage())
    tellOfFailure(context, person.complaints)
    context.on('weberror', (event) => person.complaints.push(event.error().message))
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url())
      if (protocol.startsWith('http') && origin !== site.address) person.strayRequests.push(request.url())
    })
    await person.page.goto(`${site.address}/m`)
    await person.page.getByLabel('选择督导室').selectOption({ label: who.office })
    await person.page
      .getByRole('button')
      .filter({ has: person.page.getByText(who.role, { exact: true }) })
      .tap()
    await person.page.getByRole('navigation', { name: '主菜单' }).waitFor()
    return person
  }

  get page(): Page {
    return this.#page
  }

  /** Touches of the screen since the last `startCounting`, strokes of a signature included. */
  get taps(): number {
    return this.#taps
  }

  startCounting(): void {
    this.#taps = 0
  }

  async tap(target: Locator): Promise<void> {
    await target.tap()
    this.#taps += 1
  }

  /** Touches a field and types into it. */
  async write(field: Locator, text: string): Promise<void> {
    await this.tap(field)
    await field.pressSequentially(text)
  }

  /** One stroke across a signature field; once more when the page moved away under the finger. */
  async sign(pad: Locator): Promise<void> {
    const hint = pad.locator('xpath=..').getByText('在此签名')
    for (let stroke = 1; ; stroke += 1) {
      await this.#stroke(pad)
      const isTaken = await hint.waitFor({ state: 'detached', timeout: 5_000 }).then(
        () => true,
        () => false,
      )
      if (isTaken) return
      if (stroke === 3) throw new Error('the signature was not taken')
    }
  }

  async #stroke(pad: Locator): Promise<void> {
    await pad.scrollIntoViewIfNeeded()
    const box = await pad.boundingBox()
    if (box === null) throw new Error('the signature field is not on screen')
    const session = await this.context.newCDPSession(this.#page)
    const at = (share: number) => [{ x: box.x + box.width * share, y: box.y + box.height * (0.3 + share / 2) }]
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0.2) })
    for (const share of [0.35, 0.5, 0.65, 0.8]) {
      await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(share) })
      // A finger moves over frames; all at once would be a fling, which swallows the touch after it.
      await this.#page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
    }
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await session.detach()
    this.#taps += 1
  }

  /** The system kills the tab, and it is opened again later. */
  async killTab(): Promise<void> {
    const [, fresh] = await Promise.all([this.#page.close({ runBeforeUnload: false }), this.context.newPage()])
    this.#page = fresh
  }

  async open(path = ''): Promise<void> {
    await this.#page.goto(`${this.#site.address}/m${path}`)
  }

  /** Pixels by which the page is wider than the phone. */
  async sidewaysBy(): Promise<number> {
    return (await this.#page.evaluate(
      'document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth',
    )) as number
  }

  /** What a finger is meant to hit and hardly can: visible targets smaller than 44 px, with their size. */
  async smallTargets(): Promise<string[]> {
    return (await this.#page.evaluate(`(() => {
      const targets = 'a, button, select, textarea, input:not([type=radio]):not([type=file]), label.answer, canvas, [role=switch]'
      return [...document.querySelectorAll(targets)]
        .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < 43.5 || box.height < 43.5))
        .map(({ element, box }) =>
          (element.innerText || element.getAttribute('aria-label') || element.className) +
          ' ' + Math.round(box.width) + '×' + Math.round(box.height))
    })()`)) as string[]
  }
}
