import ts from 'typescript'
import type { SourceFile } from './source-tree.ts'

/** A module named by an import, an export or an `import()`. */
export interface ImportUse {
  readonly specifier: string
  readonly line: number
  readonly typeOnly: boolean
}

export interface ParsedCode {
  readonly path: string
  readonly imports: readonly ImportUse[]
  readonly comments: readonly { readonly text: string; readonly line: number }[]
  /** Walks every node of the file. */
  visit(visitor: (node: ts.Node, line: () => number) => void): void
}

/** Reads a source file into what the rules look at. Code with syntax errors is read as far as it goes. */
export function parseCode({ path, text }: SourceFile): ParsedCode {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : /\.[cm]?js$/.test(path) ? ts.ScriptKind.JS : ts.ScriptKind.TS
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, kind)
  const lineAt = (position: number): number => file.getLineAndCharacterOfPosition(position).line + 1

  const visit: ParsedCode['visit'] = (visitor) => {
    const enter = (node: ts.Node): void => {
      visitor(node, () => lineAt(node.getStart(file)))
      ts.forEachChild(node, enter)
    }
    enter(file)
  }

  const imports: ImportUse[] = []
  const add = (specifier: ts.Node | undefined, line: number, typeOnly: boolean): void => {
    if (specifier && ts.isStringLiteralLike(specifier)) imports.push({ specifier: specifier.text, line, typeOnly })
  }
  visit((node, line) => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, line(), node.importClause?.isTypeOnly ?? false)
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, line(), node.isTypeOnly)
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], line(), false)
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, line(), true)
    }
  })

  return { path, imports, comments: findComments(file, text, lineAt), visit }
}

function findComments(
  file: ts.SourceFile,
  text: string,
  lineAt: (position: number) => number,
): { text: string; line: number }[] {
  const found = new Map<number, { text: string; line: number }>()
  const collect = (ranges: readonly ts.CommentRange[] | undefined): void => {
    for (const { pos, end } of ranges ?? []) found.set(pos, { text: text.slice(pos, end), line: lineAt(pos) })
  }
  const enter = (node: ts.Node): void => {
    // Text between tags is no comment, whatever it looks like.
    if (node.kind !== ts.SyntaxKind.JsxText) {
      collect(ts.getLeadingCommentRanges(text, node.getFullStart()))
      collect(ts.getTrailingCommentRanges(text, node.getEnd()))
    }
    for (const child of node.getChildren(file)) enter(child)
  }
  enter(file)
  return [...found.values()].sort((a, b) => a.line - b.line)
}
