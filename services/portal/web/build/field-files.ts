import type { Plugin } from 'vite'

/**
 * Collects the files that the field entry can ever load, so that the phone's precache holds these and nothing of the
 * desk. Filled while the bundle is written, read afterwards by the service worker's manifest.
 */
export function collectFieldFiles(entryHtml: string): { readonly plugin: Plugin; readonly files: Set<string> } {
  const files = new Set<string>([entryHtml])
  const plugin: Plugin = {
    name: 'dulian:field-files',
    apply: 'build',
    generateBundle(_options, bundle) {
      const take = (name: string): void => {
        const output = bundle[name]
        if (output?.type !== 'chunk' || files.has(name)) return
        files.add(name)
        for (const css of output.viteMetadata?.importedCss ?? []) files.add(css)
        for (const asset of output.viteMetadata?.importedAssets ?? []) files.add(asset)
        for (const next of [...output.imports, ...output.dynamicImports]) take(next)
      }
      for (const output of Object.values(bundle)) {
        if (output.type === 'chunk' && output.isEntry && output.facadeModuleId?.endsWith(`/${entryHtml}`))
          take(output.fileName)
      }
    },
  }
  return { plugin, files }
}
