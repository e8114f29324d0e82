import { join, resolve } from 'node:path'
import { bundleService, servicesOf } from './bundle-service.ts'

const root = join(import.meta.dirname, '..', '..')
const [folder, ...wanted] = process.argv.slice(2)
const known = servicesOf(root)
const unknown = wanted.filter((service) => !known.includes(service))
if (folder === undefined || unknown.length > 0) {
  process.stderr.write(`usage: node tools/images/bundle.ts <folder> [service …]\nservices: ${known.join(' ')}\n`)
  process.exit(2)
}
for (const service of wanted.length > 0 ? wanted : known) {
  await bundleService({ root, service, folder: resolve(folder) })
  process.stdout.write(`bundled ${service}\n`)
}
