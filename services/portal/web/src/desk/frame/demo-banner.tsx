import { useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useEffect, useState } from 'react'
import { useMe, useRights } from '../../app/app-context.tsx'
import { useCommand } from '../../app/use-command.ts'
import { useRead } from '../../app/use-read.ts'

/** Says that nothing here is real, and lets the operator clear it in one click. */
export function DemoBanner() {
  const me = useMe()
  const rights = useRights()
  const { modal, message } = App.useApp()
  const [clearing, setClearing] = useState(false)
  const instance = useRead('/system/instance', {}, { enabled: me.demo, every: clearing ? 1_500 : false })
  const clear = useCommand('/system/demo/clear')
  const cache = useQueryClient()
  // The instance starts anew without the demo; only then is it really gone.
  const cleared = clearing && instance.data?.body.demoData === false
  useEffect(() => {
    if (!cleared) return
    setClearing(false)
    void message.success('演示数据已清除')
    void cache.invalidateQueries()
  }, [cleared, cache, message])
  if (!me.demo || instance.data?.body.demoData !== true) return null
  const ask = () =>
    modal.confirm({
      title: '清除全部演示数据？',
      content: '演示用的学校、人员、督查记录和问题会全部清除，不能恢复。清除后系统是空的，可以开始录入真实数据。',
      okText: '清除演示数据',
      okButtonProps: { danger: true },
      cancelText: '保留',
      onOk: async () => {
        try {
          await clear.mutateAsync({})
          setClearing(true)
        } catch (error) {
          void message.error(error instanceof Error ? error.message : '没有清除成功，请稍后重试')
        }
      },
    })
  return (
    <aside className="demo-banner no-print" aria-label="演示数据">
      <strong>演示数据</strong>
      <span>这里的学校、人员和问题都是虚构的，可以放心试用。</span>
      {!instance.data.body.clearable ? null : rights.can('system.operate') ? (
        <Button size="small" onClick={ask} loading={clear.isPending || clearing}>
          {clearing ? '正在清除' : '清除演示数据'}
        </Button>
      ) : (
        <span className="demo-banner-who">清除由系统管理员办理</span>
      )}
    </aside>
  )
}
