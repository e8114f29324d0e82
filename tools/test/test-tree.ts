import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'

/** Writes a small tree of files into a folder of its own, gone when the test ends; answers the folder. */
export async function makeTree(context: TestContext, files: Record<string, string>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'dulian-tools-'))
  context.after(() => rm(root, { recursive: true, force: true }))
  await addToTree(root, files)
  return root
}

/** Adds files to a tree, or replaces them. */
export async function addToTree(root: string, files: Record<string, string>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), content)
  }
}
