import { posix } from 'node:path'
import ts from 'typescript'
import { type ParsedCode, parseCode } from './parse-code.ts'
import type { Problem } from './problem.ts'
import { isCode, isTestCode, type SourceFile } from './source-tree.ts'

/** The rules of style that Biome and the compiler have no word for. */
export function checkCode(sources: readonly SourceFile[]): Problem[] {
  return sources
    .filter(({ path }) => isCode(path))
    .flatMap((source) => [...checkName(source.path), ...checkText(source)])
}

const catchAlls = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'misc'])
const kebabCase = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/

function checkName(path: string): Problem[] {
  const problems: Problem[] = []
  const parts = path.split('/')
  const base = posix.basename(path).replace(/\.[^.]+$/, '')
  if (!kebabCase.test(base))
    problems.push({ file: path, message: 'file names are kebab-case, after their main export' })
  const catchAll = [...parts.slice(0, -1), base.split('.')[0] ?? ''].find((part) => catchAlls.has(part))
  if (catchAll !== undefined) {
    problems.push({ file: path, message: `“${catchAll}” says nothing: name the file after what it holds` })
  }
  return problems
}

function checkText(source: SourceFile): Problem[] {
  const code = parseCode(source)
  const problems: Problem[] = []
  const report = (line: number, message: string): void => {
    problems.push({ file: source.path, line, message })
  }
  checkComments(code, report)
  const isProduct = /^(contracts|packages|services)\//.test(source.path)
  const mayUseProcess = !isProduct || isEdge(source.path) || /(^|\/)config\.ts$/.test(source.path)
  const mayUseConsole = !isProduct || isEdge(source.path)
  for (const { specifier, line } of code.imports) {
    if (specifier === 'node:process' && !mayUseProcess) report(line, processMessage)
    if (specifier === 'node:console' && !mayUseConsole) report(line, consoleMessage)
  }
  code.visit((node, line) => {
    if (isDoubleAssertion(node)) report(line(), 'an assertion by way of “unknown” switches the compiler off')
    if (isUseOf(node, 'process') && !mayUseProcess) report(line(), processMessage)
    if (isUseOf(node, 'console') && !mayUseConsole) report(line(), consoleMessage)
    const marker = /\.test\.tsx?$/.test(source.path) ? testMarker(node) : undefined
    if (marker !== undefined) report(line(), `a test marked “${marker}” keeps others, or itself, from proving anything`)
  })
  return problems
}

const processMessage = 'process is touched in main.ts, config.ts and the command line only: take it as an argument'
const consoleMessage = 'console is for main.ts and the command line: take a logger as an argument'

/** Where the product meets its surroundings, and what never runs in the product. */
function isEdge(path: string): boolean {
  return /(^|\/)main\.ts$/.test(path) || /(^|\/)cli\//.test(path) || /\.config\.ts$/.test(path) || isTestCode(path)
}

function checkComments(code: ParsedCode, report: (line: number, message: string) => void): void {
  for (const { text, line } of code.comments) {
    if (/\b(TO[D]O|FI[X]ME|X[X]X)\b/.test(text))
      report(line, 'unfinished work is finished or put into an issue, not a comment')
    if (/@ts-(ig[n]ore|noch[e]ck)/.test(text)) report(line, 'the compiler is not silenced')
  }
}

function isDoubleAssertion(node: ts.Node): boolean {
  if (!ts.isAsExpression(node)) return false
  const inner = ts.isParenthesizedExpression(node.expression) ? node.expression.expression : node.expression
  return ts.isAsExpression(inner) && inner.type.kind === ts.SyntaxKind.UnknownKeyword
}

function isUseOf(node: ts.Node, name: string): boolean {
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return false
  const target = node.expression
  if (ts.isIdentifier(target)) return target.text === name && !isDeclaredAround(target, name)
  return (
    ts.isPropertyAccessExpression(target) && target.name.text === name && target.expression.getText() === 'globalThis'
  )
}

/** A parameter or local of the same name, e.g. `({ process }) => process.kill()`, is an argument and welcome. */
function isDeclaredAround(node: ts.Node, name: string): boolean {
  const names = (binding: ts.BindingName): boolean =>
    ts.isIdentifier(binding)
      ? binding.text === name
      : binding.elements.some((element) => ts.isBindingElement(element) && names(element.name))
  for (let scope: ts.Node | undefined = node.parent; scope; scope = scope.parent) {
    if (ts.isFunctionLike(scope) && scope.parameters.some((parameter) => names(parameter.name))) return true
    if (ts.isBlock(scope) || ts.isSourceFile(scope)) {
      const declared = scope.statements.some(
        (statement) =>
          ts.isVariableStatement(statement) &&
          statement.declarationList.declarations.some((declaration) => names(declaration.name)),
      )
      if (declared) return true
    }
  }
  return false
}

const testCalls = new Set(['test', 'it', 'describe', 'suite'])

function testMarker(node: ts.Node): 'only' | 'todo' | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && testCalls.has(node.expression.text)) {
    if (node.name.text === 'only' || node.name.text === 'todo') return node.name.text
  }
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && testCalls.has(node.expression.text)) {
    const options = node.arguments.find(ts.isObjectLiteralExpression)
    for (const property of options?.properties ?? []) {
      const name = property.name?.getText()
      if (name === 'only' || name === 'todo') return name
    }
  }
  return undefined
}
