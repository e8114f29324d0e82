import { readDocx } from './docx-text.ts'
import { type PlanFileProblem, planFileProblem } from './plan-file-problem.ts'

/** Largest file that is opened at all. */
const fileLimit = 20 * 1024 * 1024

export function isPlanFileProblem(read: string | PlanFileProblem): read is PlanFileProblem {
  return typeof read !== 'string'
}

/**
 * The text of a plan's file, .docx or plain text (UTF-8, UTF-16, GB18030, with or without byte order mark), told by
 * its bytes, not by its name. Everything else is answered with the reason and what to do.
 */
export function readPlanFile(bytes: Uint8Array, fileName: string): string | PlanFileProblem {
  const problem = (code: PlanFileProblem['code']) => planFileProblem(code, fileName)
  if (bytes.length === 0) return problem('PLAN_FILE_EMPTY')
  if (bytes.length > fileLimit) return problem('PLAN_FILE_TOO_LARGE')
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return problem('PLAN_FILE_OLD_WORD')
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return problem('PLAN_FILE_IS_PDF')
  let text: string | undefined
  if (startsWith(bytes, 0x50, 0x4b)) {
    const read = readDocx(bytes)
    if ('refused' in read) {
      if (read.refused === 'too-large') return problem('PLAN_FILE_TOO_LARGE')
      return problem(read.refused === 'damaged' ? 'PLAN_FILE_DAMAGED' : 'PLAN_FILE_NOT_A_DOCUMENT')
    }
    text = read.text
  } else text = decodeText(bytes)
  if (text === undefined || /^\s*(?:\{\\rtf|<!doctype|<html|<\?xml)/i.test(text))
    return problem('PLAN_FILE_NOT_A_DOCUMENT')
  return text.trim() === '' ? problem('PLAN_FILE_EMPTY') : text
}

function startsWith(bytes: Uint8Array, ...magic: number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte)
}

function decodeText(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, 0xff, 0xfe)) return readable(decode(bytes, 'utf-16le'))
  if (startsWith(bytes, 0xfe, 0xff)) return readable(decode(bytes, 'utf-16be'))
  const wide = utf16WithoutMark(bytes)
  if (wide !== undefined) return readable(decode(bytes, wide))
  return readable(decode(bytes, 'utf-8') ?? decode(bytes, 'gb18030'))
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** A zero byte gives UTF-16 away (line feeds, ASCII, 一 = U+4E00); the order of bytes that reads as Chinese is the right one. */
function utf16WithoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const sample = bytes.subarray(0, 4096)
  if (bytes.length % 2 === 1 || !sample.includes(0)) return undefined
  const little = shareOfText(new TextDecoder('utf-16le').decode(sample))
  const big = shareOfText(new TextDecoder('utf-16be').decode(sample))
  if (Math.max(little, big) < 0.9) return undefined
  return little >= big ? 'utf-16le' : 'utf-16be'
}

function shareOfText(text: string): number {
  return (
    text.replaceAll(/[^\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u2026\t\r\n\x20-\x7e]/g, '').length / text.length
  )
}

/** Text has hardly any control characters; a picture or program decoded as text is full of them. */
function readable(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  let odd = 0
  const sample = text.slice(0, 100_000)
  for (let i = 0; i < sample.length; i++) {
    const code = sample.charCodeAt(i)
    if (
      code === 0 ||
      code === 0xfffd ||
      (code < 0x20 && !(code >= 0x07 && code <= 0x0d) && !(code >= 0x13 && code <= 0x15))
    )
      odd++
  }
  return odd > sample.length * 0.01 ? undefined : text
}
