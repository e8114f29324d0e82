import { useNavigate, useParams } from '@tanstack/react-router'
import { App, Form, Input } from 'antd'
import type { Bulletin } from '../../api/types.ts'
import { useThing } from '../../app/use-read.ts'
import { month as monthText } from '../../words/format.ts'
import { CommandForm, FormSection } from '../kit/form/command-form.tsx'
import { LetterPaper } from '../kit/letter-paper.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { QueryView } from '../kit/query-view.tsx'
import './routine.css'

type WordingValues = {
  title: string
  recipients: string
  opening: string
  overview: string
  problems?: string
  requirements?: string
  copies?: string
  missingReason?: string
}

/** The office's words around the zones' summaries; the paper beside it shows the letter as last saved. */
export function BulletinForm() {
  const { bulletinId = '' } = useParams({ strict: false }) as { bulletinId?: string }
  const query = useThing('/api/inspections/bulletins/{id}', { path: { id: bulletinId } })
  return <QueryView query={query}>{(bulletin) => <Filled bulletin={bulletin} />}</QueryView>
}

const names = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[、，,\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '')

function Filled({ bulletin }: { bulletin: Bulletin }) {
  const navigate = useNavigate()
  const { message } = App.useApp()
  const page = `/bulletins/${bulletin.bulletinId}`
  const { wording } = bulletin
  const text = (label: string, name: keyof WordingValues, required: boolean, rows = 3) => (
    <Form.Item name={name} label={label} rules={required ? [{ required: true, whitespace: true }] : []}>
      <Input.TextArea autoSize={{ minRows: rows, maxRows: 14 }} maxLength={4000} />
    </Form.Item>
  )
  return (
    <>
      <PageHead
        crumbs={[{ title: '督导检查' }, { title: '督导通报', to: '/bulletins' }]}
        title={`修改${monthText(bulletin.period)}督导通报`}
      />
      <div className="bulletin-layout">
        <Panel>
          <CommandForm<'/api/inspections/bulletins/{id}/reword', WordingValues>
            path="/api/inspections/bulletins/{id}/reword"
            draft={`bulletin.${bulletin.bulletinId}.${bulletin.version}`}
            version={bulletin.version}
            initial={{
              title: wording.title,
              recipients: wording.recipients.join('、'),
              opening: wording.opening,
              overview: wording.overview,
              problems: wording.problems,
              requirements: wording.requirements,
              copies: wording.copies.join('、'),
              ...(wording.missingReason === null ? {} : { missingReason: wording.missingReason }),
            }}
            submitLabel="保存通报"
            toInput={(values) => ({
              params: { path: { id: bulletin.bulletinId } },
              body: {
                title: values.title,
                recipients: names(values.recipients),
                opening: values.opening,
                overview: values.overview,
                problems: values.problems ?? '',
                requirements: values.requirements ?? '',
                copies: names(values.copies),
                ...(values.missingReason === undefined || values.missingReason === ''
                  ? {}
                  : { missingReason: values.missingReason }),
              },
            })}
            onDone={() => {
              void message.success('通报已保存')
              void navigate({ to: page })
            }}
            onCancel={() => void navigate({ to: page })}
          >
            <FormSection title="标题与主送">
              {text('标题', 'title', true, 1)}
              {text('主送机关', 'recipients', false, 1)}
              {text('抄送机关', 'copies', false, 1)}
            </FormSection>
            <FormSection
              title="正文"
              lead="各责任区的汇总原文自动写入，不在这里修改；需要更正的，请退回责任区后重新汇入。"
            >
              {text('开头', 'opening', true)}
              {text('总体情况', 'overview', true, 4)}
              {bulletin.missing.length > 0 && (
                <Form.Item
                  name="missingReason"
                  label="未提交汇总的原因"
                  rules={[{ required: true, whitespace: true }]}
                  extra={`${bulletin.missing.map(({ zoneName }) => zoneName).join('、')}没有提交汇总。`}
                >
                  <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
                </Form.Item>
              )}
              {text('存在的主要问题', 'problems', false)}
              {text('下一步工作要求', 'requirements', false)}
            </FormSection>
          </CommandForm>
        </Panel>
        <LetterPaper letter={bulletin.letter} label="督导通报预览" />
      </div>
    </>
  )
}
