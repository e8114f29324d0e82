import { existsSync, readdirSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { modulesByAddress } from './modules-by-address.ts'
import { thirdPartyNotices } from './third-party-notices.ts'

/** What libraries try to load and do without; nothing else may be missing from a bundle. */
const optional = new Set([
  '@aws-sdk/credential-providers',
  '@mongodb-js/zstd',
  'bufferutil',
  'gcp-metadata',
  'kerberos',
  'mongodb-client-encryption',
  'snappy',
  'socks',
  'utf-8-validate',
])

/** Every service that is a process: what has a `src/main.ts`. */
export function servicesOf(root: string): readonly string[] {
  return readdirSync(join(root, 'services'))
    .filter((name) => existsSync(join(root, 'services', name, 'src', 'main.ts')))
    .toSorted()
}

/**
 * Bundles a service with everything it needs but Node into `<folder>/services/<service>/dist`, `main.js` first. Files lie
 * flat and as deep as the sources' top folder, so that what a source finds by a relative path (the web application) is
 * found from its bundle. Throws when anything is left outside that no image would hold.
 */
export async function bundleService(options: {
  readonly root: string
  readonly service: string
  readonly folder: string
}): Promise<void> {
  const { root, service } = options
  const source = join(root, 'services', service, 'src')
  const target = join(options.folder, 'services', service)
  const dist = join(target, 'dist')
  const bundle = await rolldown({
    cwd: root,
    input: {
      main: join(source, 'main.ts'),
      ...(existsSync(join(source, 'cli', 'main.ts')) ? { cli: join(source, 'cli', 'main.ts') } : {}),
    },
    platform: 'node',
    plugins: [modulesByAddress()],
    // What is missing is judged below, by what the bundle still imports.
    checks: { unresolvedImport: false, eval: false },
  })
  await rm(dist, { recursive: true, force: true })
  const { output } = await bundle.write({
    dir: dist,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  })
  await bundle.close()
  const chunks = output.filter((file) => file.type === 'chunk')
  const own = new Set(output.map(({ fileName }) => fileName))
  const missing = chunks
    .flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports])
    .filter((name) => !own.has(name) && !isBuiltin(name) && !optional.has(name))
  if (missing.length > 0) throw new Error(`the bundle of ${service} lacks ${[...new Set(missing)].join(', ')}`)
  // Without it Node would look for the nearest manifest above, wherever the bundle is put.
  await writeFile(join(target, 'package.json'), '{ "type": "module", "private": true }\n')
  await writeFile(
    join(target, 'THIRD-PARTY-NOTICES.txt'),
    thirdPartyNotices(chunks.flatMap(({ moduleIds }) => moduleIds)),
  )
}
