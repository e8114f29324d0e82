import { z } from 'zod'

/** A UUID in lower case, as every id of a thing is. */
export const Id = z.uuid()
/** Calendar day in China, `YYYY-MM-DD`. */
export const Day = z.iso.date()
/** Instant, ISO 8601 UTC. */
export const Instant = z.iso.datetime()
/** Tenant: a supervision office, a lower-case word such as `yongchuan`. */
export const OfficeId = z.string().regex(/^[a-z][a-z0-9]{1,31}$/)

/** A piece of evidence by content hash; the file stays with the service that received it. */
export const EvidenceRef = z.object({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().max(200),
  mediaType: z.string().max(100),
  /** Bytes. */
  size: z.number().int().nonnegative(),
  /** Service whose `/files/<hash>` serves it. */
  service: z.string(),
})
export type EvidenceRef = z.infer<typeof EvidenceRef>

/** 学校、幼儿园、特教学校、中职、校外培训机构. */
export const SchoolKind = z.enum(['school', 'kindergarten', 'special', 'vocational', 'training-institution'])
/** 学前、小学、初中、九年一贯、普通高中、完全中学、中职、特教、校外培训. */
export const SchoolStage = z.enum([
  'preschool',
  'primary',
  'junior',
  'nine-year',
  'senior',
  'complete-secondary',
  'vocational',
  'special',
  'training',
])
/** 公办、民办、普惠性民办. */
export const Ownership = z.enum(['public', 'private', 'private-inclusive'])

export const SupervisorCategory = z.enum(['government', 'school', 'invited'])
export const Employment = z.enum(['full-time', 'part-time'])
