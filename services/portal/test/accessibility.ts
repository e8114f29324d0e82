import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Rules that are known to be broken by the component libraries, each with the reason why it stays. */
export const toleratedRules: Readonly<Record<string, string>> = {}

/** What axe calls serious or critical on the page as it stands, one line per rule and place. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate(`axe.run(document, { resultTypes: ['violations'] })`)) as axe.AxeResults
  return violations
    .filter(({ id, impact }) => (impact === 'serious' || impact === 'critical') && !(id in toleratedRules))
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map((node) => `${id}: ${node.target.join(' ')} — ${node.failureSummary}`),
    )
}

/** Text that is hard to read in sunlight: less than 7:1 against what it stands on. */
export async function faintTexts(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate(
    `axe.run(document, { runOnly: ['color-contrast-enhanced'], rules: { 'color-contrast-enhanced': { enabled: true } } })`,
  )) as axe.AxeResults
  return violations.flatMap(({ nodes }) => nodes.slice(0, 3).map((node) => `faint ${node.target.join(' ')}`))
}
