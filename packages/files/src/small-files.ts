import { readFile } from 'node:fs/promises'
import type { PictureDrawer } from './picture-drawer.ts'

const photographs: ReadonlySet<string> = new Set(['image/jpeg', 'image/png'])

/** Remembered at most of what is not to be drawn again. */
const MOST_REMEMBERED = 10_000

/**
 * The small pictures beside the photographs, `<path>.small.jpg`: drawn when first asked for, once however many ask at a time.
 * They are a cache: one that is deleted is drawn anew, one that finds no room on the disk is answered from memory.
 */
export class SmallFiles {
  readonly #drawer: Pick<PictureDrawer, 'draw'>
  readonly #write: (path: string, content: Uint8Array) => Promise<void>
  readonly #running = new Map<string, Promise<Uint8Array | undefined>>()
  /** Photographs that are small already or cannot be drawn: a damaged one must not keep the thread busy. */
  readonly #undrawn = new Set<string>()

  constructor(drawer: Pick<PictureDrawer, 'draw'>, write: (path: string, content: Uint8Array) => Promise<void>) {
    this.#drawer = drawer
    this.#write = write
  }

  async of(path: string, mediaType: string): Promise<Uint8Array | undefined> {
    if (!photographs.has(mediaType) || this.#undrawn.has(path)) return undefined
    const running = this.#running.get(path)
    if (running !== undefined) return await running
    const made = this.#keptOrDrawn(path, mediaType).finally(() => this.#running.delete(path))
    this.#running.set(path, made)
    return await made
  }

  async #keptOrDrawn(path: string, mediaType: string): Promise<Uint8Array | undefined> {
    const target = `${path}.small.jpg`
    const kept = await readFile(target).catch(() => undefined)
    if (kept !== undefined && isWholeJpeg(kept)) return kept
    const drawing = await this.#drawer.draw({ path, mediaType })
    if (drawing === 'busy') return undefined
    if (drawing === 'undrawable') {
      if (this.#undrawn.size >= MOST_REMEMBERED) this.#undrawn.clear()
      this.#undrawn.add(path)
      return undefined
    }
    // Whatever keeps it from the disk, the picture is here.
    await this.#write(target, drawing).catch(() => undefined)
    return drawing
  }
}

function isWholeJpeg(content: Buffer): boolean {
  return content.length > 4 && content.readUInt16BE(0) === 0xffd8 && content.readUInt16BE(content.length - 2) === 0xffd9
}
