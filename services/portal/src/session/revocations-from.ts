import { Revocations } from '@dulian/http-kit'
import type { RegistryDoor } from './registry-door.ts'

/** What the registry knows of sessions ended and rights changed of late. Throws when it does not answer. */
export async function revocationsFrom(registry: RegistryDoor): Promise<Revocations> {
  const answer = await registry({ method: 'GET', path: '/revocations', office: 'portal' })
  return Revocations.parse(answer.body)
}
