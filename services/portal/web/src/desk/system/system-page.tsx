import { Segmented } from 'antd'
import type { ServiceName } from '../../api/types.ts'
import { serviceNames, word } from '../../words/labels.ts'
import { PageHead } from '../kit/page-head.tsx'
import { useSearchState } from '../kit/use-search-state.ts'
import { HealthPanel } from './health-panel.tsx'
import { ServiceStatus } from './service-status.tsx'

const services: readonly ServiceName[] = ['supervisor-registry', 'office', 'inspections', 'rectification']

/** How the instance runs: views and their lag, parked events, dead letters. */
export function SystemPage() {
  const [search, setSearch] = useSearchState()
  const chosen = services.find((service) => service === search.service) ?? services[0] ?? 'office'
  return (
    <>
      <PageHead crumbs={[{ title: '系统与交换' }]} title="运行状态" />
      <HealthPanel />
      <Segmented
        style={{ margin: '16px 0 12px' }}
        aria-label="服务"
        value={chosen}
        onChange={(service) => setSearch({ service: String(service) })}
        options={services.map((service) => ({ value: service, label: word(serviceNames, service) }))}
      />
      <ServiceStatus key={chosen} service={chosen} />
    </>
  )
}
