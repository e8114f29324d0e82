import { useNavigate } from '@tanstack/react-router'
import { App, Form, Input } from 'antd'
import { useRead } from '../../app/use-read.ts'
import { SkeletonLines } from '../../kit/states.tsx'
import { CommandForm, FormSection } from '../kit/form/command-form.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'

type AccountValues = { name: string; subject: string; issuer: string }

/** Links a person of the office's sign-in to a person here; roles follow on the record. */
export function AccountForm() {
  const navigate = useNavigate()
  const { message } = App.useApp()
  const ways = useRead('/auth/ways', {})
  const issuer = ways.data?.body.provider?.issuer
  return (
    <>
      <PageHead crumbs={[{ title: '系统与交换' }, { title: '账号与角色', to: '/accounts' }]} title="建立账号" />
      <div className="form-column">
        <Panel>
          {ways.isPending ? (
            <SkeletonLines lines={4} />
          ) : (
            <CommandForm<'/api/supervisor-registry/accounts', AccountValues>
              path="/api/supervisor-registry/accounts"
              draft="account-new"
              initial={issuer === undefined ? {} : { issuer }}
              submitLabel="建立账号"
              toInput={(values) => ({ body: values })}
              onDone={({ id }) => {
                void message.success('账号已建立，请授予角色')
                void navigate({ to: `/accounts/${id}` })
              }}
              onCancel={() => void navigate({ to: '/accounts' })}
            >
              <FormSection title="本人">
                <Form.Item name="name" label="姓名" rules={[{ required: true, whitespace: true }]}>
                  <Input maxLength={50} style={{ maxWidth: 240 }} />
                </Form.Item>
                <Form.Item
                  name="subject"
                  label="统一身份标识"
                  rules={[{ required: true, whitespace: true }]}
                  extra="此人用单位账号登录一次，页面会显示这个标识，请其告诉您"
                >
                  <Input maxLength={255} />
                </Form.Item>
              </FormSection>
              <FormSection title="统一身份认证">
                <Form.Item
                  name="issuer"
                  label="签发者地址"
                  rules={[
                    { required: true, whitespace: true },
                    { type: 'url', message: '签发者应为完整的网址' },
                  ]}
                  extra="本系统已配置统一身份认证的，无需改动"
                >
                  <Input maxLength={300} />
                </Form.Item>
              </FormSection>
            </CommandForm>
          )}
        </Panel>
      </div>
    </>
  )
}
