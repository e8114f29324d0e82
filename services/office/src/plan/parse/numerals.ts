const digitValues: Record<string, number> = {
  〇: 0,
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  壹: 1,
  贰: 2,
  叁: 3,
  肆: 4,
  伍: 5,
  陆: 6,
  柒: 7,
  捌: 8,
  玖: 9,
}
const unitValues: Record<string, number> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 }
const largeValues: Record<string, number> = { 万: 10_000, 亿: 100_000_000 }

/** The number a Chinese, Arabic or mixed numeral says ("十九", "二〇二六", "1.5万"); NaN when it says none. */
export function numeralValue(text: string): number {
  const arabic = /^(\d+(?:\.\d+)?)([百千万亿]*)$/.exec(text)
  if (arabic) {
    let value = Number(arabic[1])
    for (const unit of arabic[2] ?? '') value *= unitValues[unit] ?? largeValues[unit] ?? 1
    return value
  }
  if (text === '') return Number.NaN
  const tens = text.replaceAll('廿', '二十').replaceAll('卅', '三十')
  if ([...tens].every((char) => char in digitValues)) {
    let digits = ''
    for (const char of tens) digits += digitValues[char]
    return Number(digits)
  }
  let total = 0
  let section = 0
  let digit = 0
  for (const char of tens) {
    const plain = digitValues[char]
    const unit = unitValues[char]
    const large = largeValues[char]
    if (plain !== undefined) digit = plain
    else if (unit !== undefined) {
      section += (digit === 0 ? 1 : digit) * unit
      digit = 0
    } else if (large !== undefined) {
      total += (section + digit) * large
      section = 0
      digit = 0
    } else return Number.NaN
  }
  return total + section + digit
}

const plainDigits = '〇一二三四五六七八九'

/** 1–9999 as counted in Chinese: 十, 十一, 一百零五. */
export function chineseCounting(value: number): string {
  if (!Number.isInteger(value) || value <= 0 || value > 9999) return String(value)
  let text = ''
  let pendingZero = false
  for (const [size, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / size) % 10
    if (digit === 0) {
      pendingZero = text !== ''
      continue
    }
    if (pendingZero) text += '零'
    pendingZero = false
    text += (digit === 1 && size === 10 && text === '' ? '' : plainDigits[digit]) + name
  }
  return text
}

/** A number as a row of Chinese digits: 10 → 一〇. */
export function chineseDigits(value: number): string {
  return String(value).replaceAll(/\d/g, (digit) => plainDigits[Number(digit)] ?? digit)
}
