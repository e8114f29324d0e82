/** A 发文字号 as GB/T 9704-2012 §7.2.5 writes it: 机关代字, the full year in 〔〕, no leading zero, no 第. */
export function documentNumber(code: string, year: number, number: number): string {
  return `${code}〔${year}〕${number}号`
}
