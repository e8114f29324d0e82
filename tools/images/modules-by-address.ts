import { basename } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Plugin } from 'rolldown'

/** The two ways in which the sources name a module that is loaded by its address: at run time, in a thread of its own. */
const asAddress = /import\.meta\.resolve\('(\.{1,2}\/[^']+\.ts)'\)/g
const asUrl = /new URL\('(\.{1,2}\/[^']+\.ts)', import\.meta\.url\)/g
/** Any other way of writing it would leave the bundle without the module. */
const unknownWay = /import\.meta\.resolve\(|new URL\([^)]*\.[cm]?ts\b[^)]*import\.meta/

/**
 * Takes modules that are loaded by address — rebuild workers, a service's projections — into the bundle, and puts the
 * address of what became of them where the sources name them. Throws when a source names one in a way not known here.
 */
export function modulesByAddress(): Plugin {
  const emitted = new Map<string, string>()
  return {
    name: 'modules-by-address',
    transform: {
      filter: { id: { include: /\.ts$/, exclude: /\/node_modules\// }, code: /import\.meta/ },
      handler(code, id) {
        const file = id.split('?', 1)[0] ?? id
        const address = (specifier: string): string => {
          const module = fileURLToPath(new URL(specifier, pathToFileURL(file)))
          const reference = this.emitFile({ type: 'chunk', id: module, name: nameOf(module) })
          // Two modules of one name share a reference: the second would silently become the first.
          if ((emitted.get(reference) ?? module) !== module)
            throw new Error(`${module} and ${emitted.get(reference)} cannot be told apart by “${nameOf(module)}”`)
          emitted.set(reference, module)
          return `import.meta.ROLLUP_FILE_URL_${reference}`
        }
        const found = code
          .replace(asAddress, (_, specifier: string) => address(specifier))
          .replace(asUrl, (_, specifier: string) => `new URL(${address(specifier)})`)
        const missed = unknownWay.exec(found)
        if (missed !== null)
          throw new Error(`${file}: “${missed[0]}” loads a module by its address in a way the bundler does not know`)
        return found === code ? null : found
      },
    },
  }
}

/** `office-projections` for `services/office/src/projections.ts`: every service has a module of that name. */
function nameOf(module: string): string {
  const owner = basename(module.replace(/\/src\/.*$/, ''))
  return `${owner}-${basename(module, '.ts')}`
}
