import type { Verdict } from './judge-run.ts'
import type { FileRecord } from './test-record.ts'

/** One line per file, and everything there is to know about what failed in it. */
export function reportFile(record: FileRecord, done: number, total: number, verbose: boolean): string {
  const failures = record.tests.filter(({ outcome }) => outcome === 'failed')
  const skipped = record.tests.filter(({ outcome }) => outcome === 'skipped').length
  const passed = record.tests.length - failures.length - skipped
  const parts = [`${passed} passed`]
  if (failures.length > 0) parts.push(`${failures.length} FAILED`)
  if (skipped > 0) parts.push(`${skipped} skipped`)
  const mark = failures.length > 0 ? '✗' : passed > 0 ? '✓' : '-'
  const lines = [`${mark} [${done}/${total}] ${record.file}  ${parts.join(', ')}  ${record.durationMs} ms`]
  for (const { name, error } of failures)
    lines.push('', `  FAILED: ${name}`, `  in ${record.file}`, indent(error ?? ''))
  if ((failures.length > 0 || verbose) && record.output.trim() !== '') {
    lines.push('', '  what the file wrote:', indent(record.output.trimEnd()))
  }
  if (failures.length > 0) lines.push('')
  return lines.join('\n')
}

/** The end of a run. Its last line is a fixed point that scripts read. */
export function reportVerdict(files: readonly FileRecord[], verdict: Verdict, durationMs: number): string {
  const lines: string[] = ['']
  const failures = files.flatMap(({ tests }) => tests.filter(({ outcome }) => outcome === 'failed'))
  if (failures.length > 0) {
    lines.push('FAILURES (each in full above):')
    for (const { file, name } of failures) lines.push(`  ✗ ${file} › ${name}`)
    lines.push('')
  }
  if (verdict.skipped.length > 0) {
    lines.push(`!!! SKIPPED: ${verdict.skipped.length} – these prove nothing in this run:`)
    for (const { file, name, reason } of verdict.skipped) lines.push(`  SKIPPED: ${file} › ${name} — ${reason}`)
    lines.push('')
  }
  for (const complaint of verdict.complaints) lines.push(`!!! ${complaint}`)
  const seconds = Math.round(durationMs / 1000)
  lines.push(`${files.length} files in ${Math.floor(seconds / 60)} min ${seconds % 60} s`)
  lines.push(`tests: ${verdict.passed} passed, ${verdict.failed} failed`)
  return lines.join('\n')
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
}
