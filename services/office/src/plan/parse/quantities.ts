import { numeralValue } from './numerals.ts'
import type { ParsedQuantity } from './parsed-plan.ts'
import type { Reading } from './reading.ts'

type Comparator = NonNullable<ParsedQuantity['comparator']>
type Proposal = { value: number; unit?: string; comparator?: Comparator }

const atLeast = '不低于|不少于|不得低于|不得少于|不小于|至少|最少|达到|≥|大于等于'
const above = '超过|高于|大于|多于|>'
const atMost = '不超过|不高于|不多于|不得超过|不得高于|不大于|最多|至多|控制在|≤|小于等于'
const below = '低于|少于|小于|<'
const about = '约|大约'
const comparing = `(${atLeast}|${atMost}|${above}|${below}|${about})?`
const following = '(及?以上|及?以下|及?以内|之内|左右)?'
const arabic = '\\d{1,9}(?:\\.\\d{1,4})?'
const chinese = '[一二两三四五六七八九十百千]{1,5}'
const unit =
  '(个百分点|个工作日|个(?!体|性|人|别)|名|人次|人|位|所|次|场次|场|期(?!间)|项|家|篇|件|份|支|天|日|周岁|岁(?!月)|周(?!期|边|年|岁)|年(?!级|度|龄|一贯|制|义务|来)|学年(?!度)|学期|学时|课时|小时|分钟|万元|亿元|元|平方米|公里|门|节(?!约|能|点)|本(?!区|县|市|校|科|级)|册|批次|批|轮|套|座|间|班|户|类|种|条|组(?!织|长|建)|台(?!账)|堂|幅|遍)'
const period = '(年|学年|学期|季度|季|月|周|日|天|两年|三年|五年|半年|两月|两周|旬)'
const doing = '[^,。;:、“”()\\d一二两三四五六七八九十]{0,8}?'

const comparators: readonly (readonly [RegExp, Comparator])[] = [
  [new RegExp(`^(?:${atLeast})$`), '>='],
  [new RegExp(`^(?:${atMost})$`), '<='],
  [new RegExp(`^(?:${above})$`), '>'],
  [new RegExp(`^(?:${below})$`), '<'],
]

const anyComparator = new RegExp([atLeast, atMost, above, below].join('|'))

function comparatorOf(before: string | undefined, after: string | undefined): Comparator | undefined {
  if (before !== undefined && before !== '') return comparators.find(([said]) => said.test(before))?.[1] ?? '≈'
  if (after === undefined || after === '') return undefined
  if (after.endsWith('以上')) return '>='
  if (after === '左右') return '≈'
  return '<='
}

function proposal(value: number, unitText: string | undefined, comparator: Comparator | undefined): Proposal {
  return {
    value,
    ...(unitText === undefined ? {} : { unit: unitText }),
    ...(comparator === undefined ? {} : { comparator }),
  }
}

type Rule = {
  pattern: RegExp
  read: (groups: readonly (string | undefined)[], before: string, after: string) => Proposal | undefined
}

const rules: readonly Rule[] = [
  {
    // 每年组织一次, 每学期至少开展2次, 每月不少于1次
    pattern: new RegExp(
      `每${period}${doing}${comparing}${doing}(${arabic}|${chinese})(次|场|轮|期|遍|回|个|篇|节|天|人次|名|人|所|学时|课时|小时|万元)(?!体|性)${following}`,
      'g',
    ),
    read: ([whole, each, , count, of, after]) =>
      proposal(numeralValue(count ?? ''), `${of}/${each}`, comparatorOf(anyComparator.exec(whole ?? '')?.[0], after)),
  },
  {
    pattern: /([一两三]年|半年|一学期|一季度|一月|一周)(一|两|二|三|1|2|3)(次|评|查|考|检|聘)/g,
    read: ([, each, count]) => proposal(numeralValue(count ?? ''), `次/${(each ?? '').replace(/^一/, '')}`, undefined),
  },
  {
    pattern: new RegExp(`每${period}`, 'g'),
    read: ([, each]) => proposal(1, `次/${each}`, undefined),
  },
  { pattern: /全覆盖/g, read: () => proposal(100, '%', undefined) },
  {
    pattern: /(\d{1,4})([∶:])(\d{1,4})(?![\d∶:])/g,
    read: ([, first, sign, second], before) => {
      const isTime = sign === ':' && (second ?? '').length === 2 && Number(second) < 60 && Number(first) <= 24
      if ((isTime && !/比|按$/.test(before)) || Number(second) === 0) return undefined
      return proposal(Number(first) / Number(second), '比例', undefined)
    },
  },
  {
    pattern: new RegExp(`${comparing}(${arabic})(%|‰|个百分点)${following}`, 'g'),
    read: ([, compare, value, sign, after]) => proposal(Number(value), sign, comparatorOf(compare, after)),
  },
  {
    pattern: new RegExp(`${comparing}百分之(${chinese}|${arabic})${following}`, 'g'),
    read: ([, compare, value, after]) => proposal(numeralValue(value ?? ''), '%', comparatorOf(compare, after)),
  },
  {
    pattern: new RegExp(
      `${comparing}(?:(\\d{1,6})(?:--|[-—–~～－至到]))?(${arabic}[百千万亿]*)(?:余|多)?${unit}${following}`,
      'g',
    ),
    read: ([, compare, least, value, of, after], before, follows) => {
      // "3至5名" commits to three at least.
      if (least !== undefined) {
        return of === '日' || Number(least) > 1000 || /[第\d.月年]$/.test(before)
          ? undefined
          : proposal(Number(least), of, '>=')
      }
      // 第3条, 2026年, 5月20日, 10号 and x/20 are names of something, not amounts.
      const comparator = comparatorOf(compare, after)
      if (compare === undefined && /[第\d.月年x×_/]$/i.test(before)) return undefined
      if (of === '年' && Number(value) > 100) return undefined
      // A bare 20日 is a day of the month, "30日内" and "不超过30日" are a time allowed.
      if (of === '日' && comparator === undefined && !follows.startsWith('内')) return undefined
      return proposal(numeralValue(value ?? ''), of, comparator)
    },
  },
  {
    pattern: new RegExp(`${comparing}(${chinese})(?:余|多)?${unit}${following}`, 'g'),
    read: ([, compare, value, of, after], before) => {
      const count = numeralValue(value ?? '')
      const comparator = comparatorOf(compare, after)
      if (/[第十百千万\d“‘每初高同统唯专单逐]$/.test(before) || !Number.isFinite(count)) return undefined
      // "一个", "一批", "一支" count nothing; "至少一次" and "一次" do.
      if (count === 1 && comparator === undefined && of !== '次') return undefined
      return proposal(count, of, comparator)
    },
  },
]

/** Numbers an item commits to, between two positions; years, numbers of documents and named terms are none. */
export function findQuantities(reading: Reading, start: number, end: number): ParsedQuantity[] {
  const text = reading.text.slice(start, end)
  const taken = new Uint8Array(text.length)
  const found: { at: number; quantity: ParsedQuantity }[] = []
  for (const rule of rules) {
    for (const match of text.matchAll(rule.pattern)) {
      const from = match.index
      const to = from + match[0].length
      if (taken.subarray(from, to).includes(1)) continue
      const read = rule.read(match, text.slice(Math.max(0, from - 3), from), text.slice(to, to + 3))
      if (read === undefined || !Number.isFinite(read.value)) continue
      taken.fill(1, from, to)
      found.push({ at: from, quantity: { text: reading.printed(start + from, start + to), ...read } })
    }
  }
  return found.sort((a, b) => a.at - b.at).map(({ quantity }) => quantity)
}
