import { defineRule } from '@dulian/dated-rules'

/** Measures of an official letter. Lengths in millimetres, sizes in points. */
export interface LetterForm {
  readonly page: { readonly width: number; readonly height: number }
  readonly margin: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number }
  /** 版心: every page holds so many lines of so many characters. */
  readonly grid: { readonly lines: number; readonly characters: number }
  readonly sizes: {
    readonly body: number
    readonly title: number
    readonly imprint: number
    readonly pageNumber: number
    readonly largestMasthead: number
  }
  readonly fonts: {
    readonly body: string
    readonly title: string
    readonly firstLevel: string
    readonly secondLevel: string
    readonly pageNumber: string
    readonly masthead: string
  }
  /** From the top of the text area to the masthead. */
  readonly mastheadDrop: number
  /** From the number to the red rule. */
  readonly redRuleDrop: number
  readonly red: string
  /** First-line indent of the text, in characters. */
  readonly indent: number
  /** 成文日期 from the right edge, in characters. */
  readonly dateIndent: number
  /** From the text area's lower edge to the page number. */
  readonly pageNumberDrop: number
  /** 版记 rules: first and last, and those in between. */
  readonly imprintRules: { readonly outer: number; readonly inner: number }
}

/** 公文格式. Fonts are named, not shipped: a machine without them shows its nearest. */
export const letterForm = defineRule<LetterForm>({
  id: 'official-letter-form',
  title: '党政机关公文格式',
  versions: [
    {
      version: 1,
      effectiveFrom: '2012-07-01',
      source: 'GB/T 9704-2012《党政机关公文格式》第5、6、7章；发文机关标志字号标准未定，以醒目、美观为度',
      confidence: 'high',
      value: {
        page: { width: 210, height: 297 },
        margin: { top: 37, bottom: 35, left: 28, right: 26 },
        grid: { lines: 22, characters: 28 },
        sizes: { body: 16, title: 22, imprint: 14, pageNumber: 14, largestMasthead: 48 },
        fonts: {
          body: '仿宋_GB2312',
          title: '方正小标宋简体',
          firstLevel: '黑体',
          secondLevel: '楷体_GB2312',
          pageNumber: '宋体',
          masthead: '方正小标宋简体',
        },
        mastheadDrop: 35,
        redRuleDrop: 4,
        red: 'FF0000',
        indent: 2,
        dateIndent: 4,
        pageNumberDrop: 7,
        imprintRules: { outer: 0.35, inner: 0.25 },
      },
    },
  ],
})

const TWIPS_PER_MM = 1440 / 25.4

export function twips(millimetres: number): number {
  return Math.round(millimetres * TWIPS_PER_MM)
}

/** Line and character pitch of the text area, in points. */
export function pitchOf({ page, margin, grid }: LetterForm): { readonly line: number; readonly character: number } {
  const points = (millimetres: number): number => (millimetres * 72) / 25.4
  return {
    line: points(page.height - margin.top - margin.bottom) / grid.lines,
    character: points(page.width - margin.left - margin.right) / grid.characters,
  }
}
