import { useNavigate } from '@tanstack/react-router'
import { App } from 'antd'
import { today } from '../../words/format.ts'
import { CommandForm } from '../kit/form/command-form.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { useSearchState } from '../kit/use-search-state.ts'
import { CampaignFields } from './campaign-fields.tsx'
import { type CampaignValues, campaignBody } from './campaign-values.ts'

/** Plans a 专项督导 or 综合督导. */
export function CampaignForm() {
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [search] = useSearchState()
  return (
    <>
      <PageHead crumbs={[{ title: '督导检查' }, { title: '专项与综合督导', to: '/campaigns' }]} title="拟定督导" />
      <div className="form-column">
        <Panel>
          <CommandForm<'/api/inspections/campaigns', CampaignValues>
            path="/api/inspections/campaigns"
            draft="campaign-new"
            initial={{
              type: 'special',
              from: today(),
              ...(search.taskId === undefined ? {} : { taskId: search.taskId }),
            }}
            submitLabel="拟定督导"
            toInput={(values) => ({ body: campaignBody(values) })}
            onDone={({ id }) => {
              void message.success('方案已拟定，核对学校后启动')
              void navigate({ to: `/campaigns/${id}` })
            }}
            onCancel={() => void navigate({ to: '/campaigns' })}
          >
            <CampaignFields />
          </CommandForm>
        </Panel>
      </div>
    </>
  )
}
