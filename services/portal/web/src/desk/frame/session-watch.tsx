import { Button, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useSession, useSessionStore } from '../../app/app-context.tsx'

/** Seconds before the end of a session at which it is announced. */
const NOTICE = 300

/** Warns before the session ends; what was typed stays in the drafts. */
export function SessionWatch() {
  const session = useSession()
  const store = useSessionStore()
  const [left, setLeft] = useState<number>()
  const [hidden, setHidden] = useState(false)
  useEffect(() => {
    if (session === undefined) return
    const look = () => {
      const seconds = Math.floor((Date.parse(session.expiresAt) - Date.now()) / 1000)
      setLeft(seconds)
      if (seconds <= 0) store.signOut(false)
    }
    look()
    const timer = window.setInterval(look, 5_000)
    return () => window.clearInterval(timer)
  }, [session, store])
  if (left === undefined || left > NOTICE || left <= 0 || hidden) return null
  return (
    <Modal
      open
      title="登录即将到期"
      onCancel={() => setHidden(true)}
      footer={[
        <Button key="later" onClick={() => setHidden(true)}>
          继续填写
        </Button>,
        <Button key="again" type="primary" onClick={() => store.signOut(false)}>
          现在重新登录
        </Button>,
      ]}
    >
      还有 {Math.max(1, Math.ceil(left / 60))}{' '}
      分钟需要重新登录。正在填写的内容已保存在这台电脑上，重新登录后会回到这一页。
    </Modal>
  )
}
