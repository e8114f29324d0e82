import type { ZoneCounts } from '../../api/types.ts'
import type { Fact } from '../kit/facts.tsx'

/** A zone's counts, label above value. */
export function countFacts(counts: ZoneCounts): Fact[] {
  return [
    { label: '学校自查', value: `${counts.selfChecks} / ${counts.schools} 所` },
    { label: '自查答“否”', value: `${counts.selfCheckNegatives} 项` },
    { label: '进校督查', value: `${counts.visited} / ${counts.toVisit} 所` },
    { label: '督查次数', value: `${counts.visits} 次` },
    { label: '发现问题', value: `${counts.findings} 个` },
    { label: '转入整改', value: `${counts.confirmed} 个` },
    { label: '未销号问题', value: `${counts.openProblems} 个` },
  ]
}
