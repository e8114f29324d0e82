import type { z } from 'zod'

/** A service's public fact: name, version, schema and one example. Once released a version is never changed. */
export interface PublishedEvent<S extends z.ZodType = z.ZodType> {
  readonly service: string
  /** `dulian.<service>`: one topic per publishing service. */
  readonly topic: string
  /** Kebab-case, past tense: `finding-confirmed`. */
  readonly name: string
  readonly version: number
  /** `cn.dulian.<service>.<name>.v<version>` */
  readonly type: string
  readonly title: string
  /** Whether partners outside may get it; internal ones stay between our services. */
  readonly audience: 'internal' | 'public'
  readonly schema: S
  readonly example: z.infer<S>
}

export function publishedEvent<S extends z.ZodType>(
  event: Omit<PublishedEvent<S>, 'type' | 'topic' | 'example'> & { readonly example: z.input<S> },
): PublishedEvent<S> {
  return {
    ...event,
    example: event.schema.parse(event.example),
    topic: `dulian.${event.service}`,
    type: `cn.dulian.${event.service}.${event.name}.v${event.version}`,
  }
}
