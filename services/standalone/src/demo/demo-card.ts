import type { DemoCard } from '@dulian/portal'
import type { InstanceFile } from '../instance-file.ts'

/** A card as the instance file keeps it → the person it signs in. */
export function demoCard(kept: InstanceFile['cards'][number]): DemoCard {
  const { card, officeName, ...claims } = kept
  return { card, officeName, claims: { sub: card, ...claims } }
}
