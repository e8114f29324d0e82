// Traditional forms of the characters that recognition depends on, each followed by the simplified one.
const pairs =
  '點点計计劃划規规辦办細细則则決决總总結结報报單单責责牽牵頭头門门縣县區区黨党員员會会導导關关於于發发號号審审體体機机構构' +
  '領领組组長长處处廳厅務务級级類类學学園园鎮镇鄉乡團团協协參参與与間间時时後后個个種种項项場场週周萬万億亿兩两條条節节編编' +
  '須须達达過过實实開开議议見见圖图錄录試试負负職职專专優优應应該该內内強强貳贰陸陆徵征評评課课辦办縱纵聯联屆届輪轮戶户' +
  '蓋盖數数質质驗验產产壓压檢检舉举為为簽签遞递書书紀纪綱纲續续訂订終终監监測测貫贯徹彻'
const simplified = new Map<string, string>()
for (let i = 0; i + 1 < pairs.length; i += 2) simplified.set(pairs.charAt(i), pairs.charAt(i + 1))

const cache = new Map<string, string>()

/**
 * The form of one UTF-16 unit that recognition reads: full-width and compatibility forms become plain ones ("（" → "(",
 * "．" → ".", "⼀" → "一"), traditional becomes simplified. Always exactly one unit, so offsets stay.
 * Enclosed numbers (①, ㈠, Ⅰ) stay what they are: they are markers of their own.
 */
export function foldChar(char: string): string {
  const code = char.charCodeAt(0)
  if (code < 0x80) return char
  const known = cache.get(char)
  if (known !== undefined) return known
  let folded = simplified.get(char) ?? char
  const enclosed =
    (code >= 0x2150 && code <= 0x24ff) || (code >= 0x2776 && code <= 0x2793) || (code >= 0x3200 && code <= 0x33ff)
  const surrogate = code >= 0xd800 && code <= 0xdfff
  if (folded === char && !enclosed && !surrogate) {
    const plain = char.normalize('NFKC')
    if (plain.length === 1) folded = simplified.get(plain) ?? plain
  }
  cache.set(char, folded)
  return folded
}
