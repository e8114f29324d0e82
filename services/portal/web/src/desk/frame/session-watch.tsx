import { Button, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useApi, useSession, useSessionStore } from '../../app/app-context.tsx'

/** Seconds before the end of a session at which it is announced. */
const NOTICE = 300
/** The same for the end by doing nothing: long enough to come back to the desk. */
const IDLE_NOTICE = 120
const LOOK_MS = 1_000

type Coming = { readonly kind: 'end' | 'idle'; readonly left: number }

/** Warns before the session ends, by the clock or because nobody does anything; what was typed stays in the drafts. */
export function SessionWatch() {
  const session = useSession()
  const store = useSessionStore()
  const { keeper } = useApi()
  const [coming, setComing] = useState<Coming>()
  const [hidden, setHidden] = useState(false)
  useEffect(() => {
    if (session === undefined) return
    let leaving = false
    const look = () => {
      const left = keeper.secondsLeft()
      const end = left?.end ?? Math.floor((Date.parse(session.expiresAt) - Date.now()) / 1_000)
      const isOver = end <= 0 || (left !== undefined && left.idle <= 0)
      if (!isOver) {
        setComing(
          left !== undefined && left.idle < end ? { kind: 'idle', left: left.idle } : { kind: 'end', left: end },
        )
      } else if (left === undefined) store.signOut(false)
      else if (!leaving) {
        leaving = true
        void keeper.signOut(left.idle <= 0 ? 'idle' : 'over')
      }
    }
    look()
    const timer = window.setInterval(look, LOOK_MS)
    return () => window.clearInterval(timer)
  }, [session, store, keeper])
  if (coming?.kind === 'idle') return <IdleNotice left={coming.left} onStay={() => keeper.noteAct()} />
  if (coming === undefined || coming.left > NOTICE || coming.left <= 0 || hidden) return null
  return (
    <Modal
      open
      title="登录即将到期"
      onCancel={() => setHidden(true)}
      footer={[
        <Button key="later" onClick={() => setHidden(true)}>
          继续填写
        </Button>,
        <Button key="again" type="primary" onClick={() => void keeper.signOut()}>
          现在重新登录
        </Button>,
      ]}
    >
      还有 {Math.max(1, Math.ceil(coming.left / 60))}{' '}
      分钟需要重新登录。正在填写的内容已保存在这台电脑上，重新登录后会回到这一页。
    </Modal>
  )
}

/** Any act in any window takes it away: the button is for who looks for one. */
function IdleNotice({ left, onStay }: { left: number; onStay: () => void }) {
  return (
    <Modal
      open={left <= IDLE_NOTICE}
      title="长时间没有操作"
      onCancel={onStay}
      footer={
        <Button type="primary" onClick={onStay}>
          继续使用
        </Button>
      }
    >
      {left} 秒后将自动退出登录，以免他人使用。正在填写的内容已保存在这台电脑上，重新登录后会回到这一页。
    </Modal>
  )
}
