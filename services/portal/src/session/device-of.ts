const browsers: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/, '微信'],
  [/wxwork/i, '企业微信'],
  [/DingTalk/, '钉钉'],
  [/Edg(e|A|iOS)?\//, '微软浏览器'],
  [/QQBrowser/, '腾讯浏览器'],
  [/360SE|QIHU|QHBrowser/, '360 浏览器'],
  [/Firefox|FxiOS/, '火狐浏览器'],
  [/Chrome|CriOS|Chromium/, '谷歌浏览器'],
  [/Safari/, '苹果浏览器'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/, '鸿蒙'],
  [/Android/, '安卓手机'],
  [/iPhone/, '苹果手机'],
  [/iPad/, '苹果平板'],
  [/Windows/, '视窗电脑'],
  [/Mac OS X|Macintosh/, '苹果电脑'],
  [/UOS|Kylin/i, '国产系统电脑'],
  [/Linux|X11/, '其他电脑'],
]

/** Browser and machine in words that a person recognises as their own. */
export function deviceOf(userAgent: string | undefined): string {
  const find = (words: typeof browsers): string | undefined => words.find(([mark]) => mark.test(userAgent ?? ''))?.[1]
  return `${find(systems) ?? '其他设备'} · ${find(browsers) ?? '其他浏览器'}`
}
