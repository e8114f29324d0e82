import type { Ownership, SchoolKind, SchoolStage } from '@dulian/contracts'
import type { z } from 'zod'

export interface DemoSchool {
  readonly name: string
  readonly kind: z.infer<typeof SchoolKind>
  readonly stage: z.infer<typeof SchoolStage>
  readonly ownership: z.infer<typeof Ownership>
  readonly enrolment: number
  /** Index into the office's zones. */
  readonly zone: number
}

type Shape = readonly [
  word: number,
  suffix: string,
  kind: DemoSchool['kind'],
  stage: DemoSchool['stage'],
  ownership: DemoSchool['ownership'],
  enrolment: number,
]

/** What every zone has: villages, a town, a part of the city. */
const everywhere: readonly Shape[] = [
  [0, '第一小学', 'school', 'primary', 'public', 1_286],
  [0, '第二小学', 'school', 'primary', 'public', 942],
  [1, '小学', 'school', 'primary', 'public', 618],
  [1, '镇中心小学', 'school', 'primary', 'public', 356],
  [2, '小学', 'school', 'primary', 'public', 204],
  [2, '村小学', 'school', 'primary', 'public', 83],
  [0, '初级中学', 'school', 'junior', 'public', 1_104],
  [1, '镇初级中学', 'school', 'junior', 'public', 412],
  [2, '九年制学校', 'school', 'nine-year', 'public', 688],
  [0, '中心幼儿园', 'kindergarten', 'preschool', 'public', 318],
  [1, '镇幼儿园', 'kindergarten', 'preschool', 'public', 226],
  [2, '幼儿园', 'kindergarten', 'preschool', 'public', 131],
  [0, '阳光幼儿园', 'kindergarten', 'preschool', 'private-inclusive', 176],
  [1, '彩虹幼儿园', 'kindergarten', 'preschool', 'private', 142],
]

/** What a district has once or twice, by zone. */
const once: readonly (readonly Shape[])[] = [
  [
    [1, '实验小学', 'school', 'primary', 'public', 2_318],
    [2, '高级中学', 'school', 'senior', 'public', 1_866],
    [2, '启航教育培训中心', 'training-institution', 'training', 'private', 240],
  ],
  [
    [2, '外国语学校', 'school', 'nine-year', 'private', 1_520],
    [0, '完全中学', 'school', 'complete-secondary', 'public', 1_740],
    [1, '博学教育培训中心', 'training-institution', 'training', 'private', 160],
  ],
  [[0, '职业教育中心', 'vocational', 'vocational', 'public', 1_430]],
  [[0, '特殊教育学校', 'special', 'special', 'public', 64]],
]

/**
 * The schools of one office, 63 to be visited and two training institutions. `words` are three a zone, none of which a real
 * school of the district bears; `salt` makes the figures of two offices differ.
 */
export function demoSchools(words: readonly (readonly [string, string, string])[], salt: number): DemoSchool[] {
  return words.flatMap((ofZone, zone) =>
    [...everywhere, ...(once[zone] ?? [])].map(([word, suffix, kind, stage, ownership, enrolment], index) => ({
      name: `${ofZone[word] ?? ''}${suffix}（演示）`,
      kind,
      stage,
      ownership,
      enrolment: enrolment + ((index * 37 + zone * 19 + salt * 53) % 90),
      zone,
    })),
  )
}
