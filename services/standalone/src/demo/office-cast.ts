import type { Role, TokenClaims } from '@dulian/contracts'
import { roles } from '@dulian/contracts'
import type { FakeClock } from '@dulian/event-sourcing'
import type { DemoCard } from '@dulian/portal'
import type { Instance } from '../instance.ts'
import { type DemoPerson, demoPerson } from './demo-client.ts'
import { demoPicture } from './demo-picture.ts'
import type { DemoOffice } from './demo-world.ts'

/** A school of the story; zone and supervisor are indexes into the office's lists. */
export interface Placed {
  readonly schoolId: string
  readonly name: string
  readonly kind: string
  readonly zone: number
  readonly supervisor: number
}

const HALF_AN_HOUR = 1_800_000

/** The people of one office, signed in by the demo's own issuer, and what each of them can do. */
export class OfficeCast {
  readonly office: DemoOffice
  /** Ids of the registered supervisors, in the order of `office.supervisors`. */
  readonly supervisorIds: string[] = []
  readonly instance: Instance
  readonly clock: FakeClock
  readonly #people = new Map<string, DemoCard>()
  readonly #tokens = new Map<string, { readonly token: string; readonly until: number }>()
  #pictures = 0

  constructor(office: DemoOffice, instance: Instance, clock: FakeClock) {
    this.office = office
    this.instance = instance
    this.clock = clock
  }

  /** Everybody of this office who has acted. */
  get people(): readonly DemoCard[] {
    return [...this.#people.values()]
  }

  as(role: Role, claims: Partial<TokenClaims> = {}): DemoPerson {
    const card = this.#cast(role, claims)
    return demoPerson(this.instance.app, () => this.#token(card))
  }

  supervisor(school: Placed): DemoPerson {
    return this.as('school-supervisor', this.#supervisorOf(school))
  }

  principal(school: Placed): DemoPerson {
    return this.as('school-principal', principalOf(school))
  }

  /** A drawn stand-in for a photograph, uploaded by whoever answers for the school. */
  async picture(
    service: 'inspections' | 'rectification',
    by: 'supervisor' | 'principal',
    school: Placed,
  ): Promise<unknown> {
    const card =
      by === 'supervisor'
        ? this.#cast('school-supervisor', this.#supervisorOf(school))
        : this.#cast('school-principal', principalOf(school))
    const number = this.#pictures
    this.#pictures += 1
    const boundary = 'dulian-demo'
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="现场示意图${number + 1}.png"\r\nContent-Type: image/png\r\n\r\n`
    const response = await this.instance.app.inject({
      method: 'POST',
      url: `/api/${service}/files`,
      headers: {
        authorization: `Bearer ${await this.#token(card)}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
      payload: Buffer.concat([Buffer.from(head), demoPicture(number), Buffer.from(`\r\n--${boundary}--\r\n`)]),
    })
    if (response.statusCode >= 400) throw new Error(`evidence refused: ${response.body}`)
    const { hash, name, mediaType, size } = response.json<{
      hash: string
      name: string
      mediaType: string
      size: number
    }>()
    return { hash, name, mediaType, size, service }
  }

  #cast(role: Role, claims: Partial<TokenClaims>): string {
    const name = claims.name ?? `${roles[role].title}（演示）`
    const card = `${this.office.office}-${role}-${name}`
    const sub = card
    this.#people.set(card, { card, claims: { sub, office: this.office.office, roles: [role], ...claims, name } })
    return card
  }

  #supervisorOf(school: Placed): Partial<TokenClaims> {
    return {
      name: this.office.supervisors[school.supervisor] ?? '',
      supervisor: this.supervisorIds[school.supervisor] ?? '',
    }
  }

  async #token(card: string): Promise<string> {
    const known = this.#tokens.get(card)
    if (known !== undefined && known.until > this.clock.now()) return known.token
    const { issuer } = this.instance
    if (issuer === undefined) throw new TypeError('the demo needs the demo issuer')
    const { accessToken } = await issuer.sign(card)
    this.#tokens.set(card, { token: accessToken, until: this.clock.now() + HALF_AN_HOUR })
    return accessToken
  }
}

function principalOf(school: Placed): Partial<TokenClaims> {
  return { name: `${school.name}校长`, school: school.schoolId }
}
