import ts from 'typescript'
import type { SourceFile } from '../check/source-tree.ts'

/** A test as it stands in its file. */
export interface TestTitle {
  readonly file: string
  /** Titles of the enclosing suites and of the test, without their row ids, joined by " › ". */
  readonly title: string
  /** Ids in square brackets of the test and of its suites, e.g. `[G5, I1]`. */
  readonly rows: readonly string[]
}

const suites = new Set(['describe', 'suite'])
const tests = new Set(['test', 'it'])
const rowBrackets = /\[([A-Z]\d{1,2}(?:[,，、 ]+[A-Z]\d{1,2})*)\]\s*/g

/** Finds the tests of a file by reading it, not by running it. */
export function findTestTitles({ path, text }: SourceFile): TestTitle[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  const found: TestTitle[] = []
  const enter = (node: ts.Node, around: readonly string[]): void => {
    let inside = around
    const call = ts.isCallExpression(node) ? readCall(node) : undefined
    if (call) {
      inside = [...around, call.title]
      if (call.kind === 'test') found.push(describeTest(path, inside))
    }
    ts.forEachChild(node, (child) => enter(child, inside))
  }
  enter(file, [])
  return found
}

function describeTest(file: string, titles: readonly string[]): TestTitle {
  const rows = titles.flatMap((title) =>
    [...title.matchAll(rowBrackets)].flatMap((match) => (match[1] ?? '').split(/[,，、 ]+/)),
  )
  const title = titles.map((one) => one.replaceAll(rowBrackets, '').trim()).join(' › ')
  return { file, title, rows: [...new Set(rows)] }
}

function readCall(node: ts.CallExpression): { kind: 'suite' | 'test'; title: string } | undefined {
  const title = node.arguments[0] && readTitle(node.arguments[0])
  const last = node.arguments.at(-1)
  // `pattern.test('text')` is not a test: a test ends with what it does.
  if (title === undefined || node.arguments.length < 2 || last === undefined || ts.isStringLiteralLike(last))
    return undefined
  const name = calledName(node.expression)
  if (name === undefined) return undefined
  if (suites.has(name)) return { kind: 'suite', title }
  return tests.has(name) ? { kind: 'test', title } : undefined
}

/** `test`, `test.skip` and `context.test` are all called "test". */
function calledName(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee)) return callee.text
  if (!ts.isPropertyAccessExpression(callee)) return undefined
  const name = callee.name.text
  if (suites.has(name) || tests.has(name)) return name
  return ts.isIdentifier(callee.expression) ? callee.expression.text : undefined
}

function readTitle(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isTemplateExpression(node)) return undefined
  return node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join('')
}
