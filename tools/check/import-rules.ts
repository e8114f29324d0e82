import { posix } from 'node:path'
import { parseCode } from './parse-code.ts'
import type { Problem } from './problem.ts'
import { isCode, isTestCode, type SourceFile } from './source-tree.ts'

/** The rooms of the house, by folder. */
type Room = 'contracts' | 'package' | 'service' | 'standalone' | 'web' | 'tools' | 'root'

interface Package {
  readonly folder: string
  readonly name: string
  readonly room: Room
  readonly dependencies: ReadonlySet<string>
  readonly devDependencies: ReadonlySet<string>
}

/** What a room may import of the other rooms. */
const open: Record<Room, readonly Room[]> = {
  contracts: [],
  package: ['package'],
  service: ['package', 'contracts'],
  standalone: ['package', 'contracts', 'service', 'standalone'],
  web: ['contracts'],
  tools: ['package', 'contracts', 'service', 'standalone', 'tools'],
  root: [],
}

const speaks: Record<Room, string> = {
  contracts: 'contracts import nothing but zod',
  package: 'packages import packages, never contracts or services',
  service: 'services import contracts and packages; another service is known through contracts alone',
  standalone: 'the standalone imports services, contracts and packages',
  web: 'the web application imports contracts and npm packages only',
  tools: 'the tools may import everything but the web application',
  root: 'the root holds no code of the product',
}

/** Checks who imports whom, and that whatever is imported is declared. */
export function checkImports(sources: readonly SourceFile[]): Problem[] {
  const packages = sources.filter(({ path }) => posix.basename(path) === 'package.json').flatMap(readPackage)
  const byName = new Map(packages.map((one) => [one.name, one]))
  const problems: Problem[] = []
  for (const source of sources) {
    if (!isCode(source.path)) continue
    const owner = packageOf(packages, source.path)
    if (!owner || owner.room === 'root') continue
    for (const use of parseCode(source).imports) {
      const message = use.specifier.startsWith('.')
        ? checkRelative(packages, owner, source.path, use.specifier)
        : checkBare(byName, owner, source.path, use.specifier, use.typeOnly)
      if (message !== undefined) problems.push({ file: source.path, line: use.line, message })
    }
  }
  return problems
}

function checkRelative(
  packages: readonly Package[],
  owner: Package,
  path: string,
  specifier: string,
): string | undefined {
  const target = posix.join(posix.dirname(path), specifier)
  if (packageOf(packages, target)?.folder === owner.folder) return undefined
  // The start script becomes the instance itself.
  if (path === 'tools/setup/start.mjs' && target === 'services/standalone/src/main.ts') return undefined
  // The browser and the trees of files that tests need live with the test runner.
  if (isTestCode(path) && target.startsWith('tools/test/')) return undefined
  return `"${specifier}" leaves its package ${owner.folder}: import another package by its name`
}

function checkBare(
  byName: ReadonlyMap<string, Package>,
  owner: Package,
  path: string,
  specifier: string,
  typeOnly: boolean,
): string | undefined {
  if (specifier.startsWith('node:')) {
    if (owner.room === 'contracts' && !isTestCode(path)) return `"${specifier}": ${speaks.contracts}`
    if (owner.room === 'web' && !runsOnNode(path)) return `"${specifier}": there is no Node in the browser`
    return undefined
  }
  // Modules that a bundler makes up, such as virtual:pwa-register.
  if (specifier.startsWith('virtual:')) return undefined
  const name = packageName(specifier)
  if (name === owner.name) return undefined
  const target = byName.get(name)
  if (target && !open[owner.room].includes(target.room)) return `"${specifier}": ${speaks[owner.room]}`
  if (owner.room === 'contracts' && name !== 'zod' && !isTestCode(path)) return `"${specifier}": ${speaks.contracts}`
  if (owner.dependencies.has(name)) return undefined
  if (!owner.devDependencies.has(name)) return `"${name}" is not declared in ${owner.folder}/package.json`
  if (isTestCode(path) || typeOnly || runsOnNode(path) || owner.room === 'tools') return undefined
  return `"${name}" is used at run time but stands under devDependencies of ${owner.folder}/package.json`
}

/** Build settings of the web application run on Node, and so do its tests. */
function runsOnNode(path: string): boolean {
  return /(^|\/)[\w-]+\.config\.[mc]?[jt]s$/.test(path) || isTestCode(path)
}

function packageOf(packages: readonly Package[], path: string): Package | undefined {
  return packages
    .filter(({ folder }) => folder === '.' || path.startsWith(`${folder}/`))
    .toSorted((a, b) => b.folder.length - a.folder.length)[0]
}

function readPackage({ path, text }: SourceFile): Package[] {
  const folder = posix.dirname(path)
  const manifest = parseManifest(text)
  if (manifest?.name === undefined) return []
  return [
    {
      folder,
      name: manifest.name,
      room: roomOf(folder),
      dependencies: new Set(
        Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies }),
      ),
      devDependencies: new Set(Object.keys(manifest.devDependencies ?? {})),
    },
  ]
}

interface Manifest {
  readonly name?: string
  readonly dependencies?: object
  readonly devDependencies?: object
  readonly peerDependencies?: object
  readonly optionalDependencies?: object
}

function parseManifest(text: string): Manifest | undefined {
  try {
    return JSON.parse(text) as Manifest
  } catch {
    // Half-written while someone works on it; pnpm says so more clearly than we could.
    return undefined
  }
}

function roomOf(folder: string): Room {
  if (folder === 'contracts') return 'contracts'
  if (folder === 'services/standalone') return 'standalone'
  if (folder === 'services/portal/web') return 'web'
  if (folder === 'tools') return 'tools'
  if (folder.startsWith('packages/')) return 'package'
  return folder.startsWith('services/') ? 'service' : 'root'
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
