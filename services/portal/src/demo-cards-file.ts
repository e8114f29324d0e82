import { readFileSync } from 'node:fs'
import { TokenClaims } from '@dulian/contracts'
import { z } from 'zod'
import type { DemoCard } from './demo-issuer.ts'

const Cards = z.array(z.object({ card: z.string().min(1), claims: TokenClaims, officeName: z.string().optional() }))

/** The cards written down beside the demo data, read afresh each time: making the data may go on while people sign in. */
export function demoCardsIn(file: string): () => readonly DemoCard[] {
  return () => {
    let text: string
    try {
      text = readFileSync(file, 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
      throw error
    }
    return Cards.parse(JSON.parse(text))
  }
}
