import type { MigrationProgress, MigrationReport, Phase, ServiceReport } from '@dulian/migration'
import type { EngineSettings } from '@dulian/service-host'
import type { Port } from './migrate-command-places.ts'
import type { Progress, Terminal } from './terminal.ts'

const phases: Record<Phase, string> = {
  reading: '读取来源',
  comparing: '核对目标已有的',
  copying: '复制事件',
  proving: '核对目标',
  files: '证据文件',
}

const settings: Record<Exclude<keyof EngineSettings, 'durable'>, string> = {
  events: 'DULIAN_EVENTS',
  bus: 'DULIAN_BUS',
  views: 'DULIAN_VIEWS',
  namespace: 'DULIAN_NAMESPACE',
  dataFolder: 'DULIAN_DATA',
}

/** Draws one bar after the other: one per service and phase. */
export function drawProgress(terminal: Terminal, titleOf: (service: string) => string) {
  let current: { readonly key: string; readonly bar: Progress } | undefined
  return {
    update({ service, phase, done, total, perSecond, remainingSeconds }: MigrationProgress): void {
      const key = `${service} ${phase}`
      if (current?.key !== key) {
        current?.bar.end()
        current = { key, bar: terminal.progress(`${titleOf(service)}：${phases[phase]}`) }
      }
      const rest = remainingSeconds === undefined || remainingSeconds === 0 ? '' : `，约剩 ${remainingSeconds} 秒`
      current.bar.update(done, total, `${perSecond} ${phase === 'files' ? '个' : '条'}/秒${rest}`)
    },
    end(): void {
      current?.bar.end()
      current = undefined
    },
  }
}

/** Where a side keeps everything, fit to be shown: an address may hold a password. */
export function placesOf(side: EngineSettings): Readonly<Record<Port | 'folder', string>> {
  return { events: shown(side.events), bus: shown(side.bus), views: shown(side.views), folder: side.dataFolder }
}

/** Scheme and host; the scheme alone where it is not plain which part is the host. */
export function shown(setting: string): string {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+]*):\/\/(.*)$/s.exec(setting) ?? []
  if (scheme === '') return setting === 'sqlite' ? setting : ''
  const parts = rest.split('@')
  const [host = ''] = (parts.at(-1) ?? '').split(/[/?#]/, 1)
  const isPlain = parts.length <= 2 && !/[?#]/.test(parts.length === 2 ? (parts[0] ?? '') : '')
  return isPlain && /^[\w.:,[\]-]+$/.test(host) ? `${scheme}://${host}` : `${scheme}://…`
}

export function reportWords(
  report: MigrationReport,
  titleOf: (service: string) => string,
  changed: readonly string[],
  messages: string,
): string {
  const lines = [
    `迁移核对：${report.equal ? '一致' : '不一致'}`,
    ['服务', '事件', '流', '内容', '次序', '证据文件', '结果'].join('\t'),
    ...report.services.flatMap((service) => [row(service, titleOf), ...troubles(service)]),
  ]
  const inFlight = Object.entries(report.inFlight)
  for (const [topic, count] of inFlight) {
    lines.push(`在途消息 ${topic}：${count} 条，${messages === 'republish' ? '已在目标重新发布' : '没有带走'}`)
  }
  if (report.equal && !report.verifyOnly) lines.push(...nextSteps(changed))
  return lines.join('\n')
}

function row({ service, source, files, newer, equal }: ServiceReport, titleOf: (service: string) => string): string {
  return [
    titleOf(service),
    newer === 0 ? source.events : `${source.events}（目标另有 ${newer} 条更新的）`,
    source.streams,
    source.content.slice(0, 12),
    source.order.slice(0, 12),
    files.files,
    equal ? '一致' : '不一致',
  ].join('\t')
}

function troubles({ source, target, differences, behind, files }: ServiceReport): readonly string[] {
  const kinds = { missing: '目标缺少', additional: '目标多出', differs: '内容不同' }
  const same = source.content === target.content && source.order === target.order
  return [
    ...(same
      ? []
      : [`  来源 ${source.events} 条、${source.streams} 个流，目标 ${target.events} 条、${target.streams} 个流`]),
    ...(!same && differences.length === 0 ? ['  每个流都一致，但流与流之间的次序不同'] : []),
    ...differences.map(
      ({ stream, kind, source, target }) => `  ${stream}：${kinds[kind]}（来源 ${source} 条，目标 ${target} 条）`,
    ),
    ...behind.map((name) => `  订阅 ${name} 在目标落后于来源：启动后会重复处理旧事件`),
    ...files.damaged.map((path) => `  证据文件 ${path} 在来源已损坏，照原样复制`),
    ...files.differing.map((path) => `  证据文件 ${path} 在目标缺少或不同`),
  ]
}

/** Which settings read otherwise in the target. */
export function changedSettings(source: EngineSettings, target: EngineSettings): readonly string[] {
  const keys = Object.keys(settings) as (keyof typeof settings)[]
  return keys.filter((key) => source[key] !== target[key]).map((key) => settings[key])
}

function nextSteps(changed: readonly string[]): readonly string[] {
  const rebuilds = [settings.views, settings.dataFolder].some((setting) => changed.includes(setting))
  return [
    `来源没有改动。把设置 ${changed.join('、')} 改为目标的值后启动${rebuilds ? '；首次启动会从事件重建视图' : ''}。`,
    '目标启动以后产生的数据只在目标中。确认无误前请保留来源，但不要再启动它。',
  ]
}
