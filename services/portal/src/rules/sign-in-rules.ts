import { type DatedRule, defineRule } from '@dulian/dated-rules'

/** 等保 asks for each of these and names no number; operators set their own, see `DULIAN_SESSION_IDLE_MINUTES`. */
const source =
  '《信息安全技术 网络安全等级保护基本要求》GB/T 22239—2019 第8.1.4.1条（身份鉴别）只要求配置，未规定数值；此为默认值，可由本单位调整'

function figure(id: string, title: string, value: number): DatedRule<number> {
  return defineRule({
    id,
    title,
    versions: [{ version: 1, effectiveFrom: '2019-12-01', source, confidence: 'low', value }],
  })
}

/** Minutes without an act after which a session ends. */
export const sessionIdleMinutes = figure('session-idle-minutes', '多少分钟没有操作自动退出', 30)
/** Hours after which a session ends, whatever is done. */
export const sessionHours = figure('session-hours', '一次登录最长多少小时', 12)
/** Failed sign-ins of one browser before it has to wait. */
export const failuresOfBrowser = figure('sign-in-failures', '同一浏览器连续登录失败多少次后暂停登录', 5)
/** Failed sign-ins of one address: a whole office may have but one. */
export const failuresOfAddress = figure('sign-in-failures-of-address', '同一网络地址连续登录失败多少次后暂停登录', 20)
/** Minutes to wait then; failures further apart do not add up. */
export const lockMinutes = figure('sign-in-lock-minutes', '登录失败过多后暂停多少分钟', 15)

export const signInRules = [sessionIdleMinutes, sessionHours, failuresOfBrowser, failuresOfAddress, lockMinutes]
