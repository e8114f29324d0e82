import { ruleAt } from '@dulian/dated-rules'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { failuresOfAddress, failuresOfBrowser, lockMinutes } from '../rules/sign-in-rules.ts'

/** Who is trying: one browser, and the address it comes from. */
export interface Trying {
  readonly browser: string
  readonly ip: string
}

/**
 * Failed sign-ins, counted by browser and by address. The password is tried at the issuer, which counts those itself; here it
 * is what comes back: consents refused, codes that are stale or made up, people without an account.
 */
export class SignInLock {
  readonly #browsers: RateLimiterMemory
  readonly #addresses: RateLimiterMemory

  /** `day`: the calendar day whose rules hold. */
  constructor(day: string) {
    const seconds = ruleAt(lockMinutes, day).value * 60
    const limiter = (points: number) => new RateLimiterMemory({ points, duration: seconds, blockDuration: seconds })
    this.#browsers = limiter(ruleAt(failuresOfBrowser, day).value)
    this.#addresses = limiter(ruleAt(failuresOfAddress, day).value)
  }

  /** Milliseconds until the next try; 0 when nothing stands against it. */
  async wait({ browser, ip }: Trying): Promise<number> {
    const found = await Promise.all([waitOf(this.#browsers, browser), waitOf(this.#addresses, ip)])
    return Math.max(...found)
  }

  /** Counts a failure; answers like `wait`. */
  async failed(trying: Trying): Promise<number> {
    // The one too many is what rejects; the block begins with the last one that was free.
    await Promise.allSettled([count(this.#browsers, trying.browser), count(this.#addresses, trying.ip)])
    return await this.wait(trying)
  }

  async succeeded({ browser, ip }: Trying): Promise<void> {
    await Promise.all([this.#browsers.delete(browser), this.#addresses.delete(ip)])
  }
}

async function count(limiter: RateLimiterMemory, key: string): Promise<void> {
  const { remainingPoints } = await limiter.consume(key)
  if (remainingPoints === 0) await limiter.block(key, limiter.blockDuration)
}

async function waitOf(limiter: RateLimiterMemory, key: string): Promise<number> {
  const found = await limiter.get(key)
  return found !== null && found.remainingPoints <= 0 ? Math.max(0, found.msBeforeNext) : 0
}
