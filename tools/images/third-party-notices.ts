import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

interface Package {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly text: string
}

const licenceFile = /^(licen[cs]e|copying|notice)(\.|-|$)/i

/** The names, licences and licence texts of the packages these modules come from: what a bundle owes to whom it carries. */
export function thirdPartyNotices(modules: Iterable<string>): string {
  const folders = new Set([...modules].flatMap((module) => packageFolder(module) ?? []))
  const packages = [...folders].map(readPackage).toSorted((a, b) => key(a).localeCompare(key(b), 'en'))
  const entries = new Map(packages.map((found) => [key(found), found]))
  return [...entries.values()]
    .map(({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text}`.trimEnd())
    .join(`\n\n${'-'.repeat(80)}\n\n`)
    .concat('\n')
}

function key({ name, version }: Package): string {
  return `${name} ${version}`
}

/** The folder of the package a module of `node_modules` belongs to; undefined for the project's own. */
function packageFolder(module: string): string | undefined {
  // Bundlers mark modules they make up with a leading NUL, and add questions behind a name.
  const file = module.replace(/^\0+/, '').split('?', 1)[0] ?? ''
  const inside = file.lastIndexOf('/node_modules/')
  if (inside < 0) return undefined
  const [first = '', second = ''] = file.slice(inside + '/node_modules/'.length).split('/')
  return join(file.slice(0, inside), 'node_modules', first, first.startsWith('@') ? second : '')
}

function readPackage(folder: string): Package {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>
  const texts = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && licenceFile.test(entry.name))
        .map(({ name }) => readFileSync(join(folder, name), 'utf8').trim())
    : []
  return {
    name: String(manifest.name ?? dirname(folder)),
    version: String(manifest.version ?? ''),
    licence: typeof manifest.license === 'string' ? manifest.license : 'see the text',
    text: texts.join('\n\n'),
  }
}
