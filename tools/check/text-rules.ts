import type { Problem } from './problem.ts'
import type { SourceFile } from './source-tree.ts'

interface TextRule {
  readonly pattern: RegExp
  readonly message: string
  /** Files the rule does not speak of. */
  readonly except?: RegExp
}

// Written so that no pattern matches its own line here.
const rules: readonly TextRule[] = [
  {
    pattern: /(^|[\s"'`(=:])\/(wor[k]\/|far[m]\/|hom[e]\/\w|User[s]\/\w|roo[t]\/)/,
    message: 'a path of one machine: derive it from the repository or a setting',
    except: /\.Dockerfile$/,
  },
  { pattern: /\/tm[p]\//, message: 'a fixed temporary path: ask the operating system', except: /^(\.ci\/|infra\/)/ },
  {
    pattern: /https?:\/\/(regist[r]y|repo[0-9]?|pro[x]y|de[b])\./,
    message: 'the host of a package registry: machines choose their own',
    except: /^pnpm-lock\.yaml$/,
  },
  { pattern: /^registry *=/, message: 'the choice of a registry belongs to the machine' },
  {
    pattern: /\.\.\/share[d](?!\/[\w-]+(\.[\w-]+)*\.ts)\b/,
    message: 'only .ci/run may name the samples beside the repository',
    except: /^\.ci\//,
  },
  { pattern: /-----BEGIN [A-Z ]*PRIVATE KE[Y]-----/, message: 'a private key' },
]

/** What no tracked file may contain, whatever its kind. */
export function checkTexts(sources: readonly SourceFile[]): Problem[] {
  const problems: Problem[] = []
  for (const { path, text } of sources) {
    const lines = text.split('\n')
    for (const { pattern, message, except } of rules) {
      if (except?.test(path)) continue
      lines.forEach((line, index) => {
        if (pattern.test(line)) problems.push({ file: path, line: index + 1, message })
      })
    }
  }
  return problems
}

/** Kinds of files that are never committed. */
export function checkFileKinds(paths: readonly string[]): Problem[] {
  return paths
    .filter((path) => /\.(ttf|otf|ttc|woff2?)$/i.test(path))
    .map((file) => ({ file, message: 'fonts are not shipped' }))
}
