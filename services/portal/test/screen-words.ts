import type { Page } from 'playwright-core'

/** Latin words that Chinese offices write themselves. */
const usual = /\b(?:docx|doc|txt|csv|xlsx|pdf|png|jpe?g|KB|MB|GB)\b/gi

/** File names, document numbers and ids are data, not words of the interface. */
const data =
  /[\w-]+\.(?:docx|txt|csv|xlsx|pdf|png|jpe?g)\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[A-Z]\d{2}\b/gi

/** Latin words that a person sees, hears read out, or finds in an empty field. */
export async function latinWordsOn(page: Page): Promise<string[]> {
  const texts = (await page.evaluate(`(() => {
    const attributes = ['aria-label', 'title', 'placeholder', 'alt']
    const spoken = [...document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')]
      // The icon library names its pictures in English; each of them stands beside a word of ours.
      .filter((element) => element.checkVisibility?.() !== false && !element.matches('.anticon'))
      .flatMap((element) => attributes.map((name) => element.getAttribute(name) ?? ''))
    return [document.title, document.body.innerText, ...spoken]
  })()`)) as string[]
  return [
    ...new Set(
      texts.flatMap(
        (text) =>
          text
            .replace(data, ' ')
            .replace(usual, ' ')
            .match(/[A-Za-z]{2,}/g) ?? [],
      ),
    ),
  ]
}
