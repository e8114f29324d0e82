import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Dialog, Switch } from 'antd-mobile'
import { useState } from 'react'
import { useApi, useMe } from '../../app/app-context.tsx'
import { setPreference, usePreferences } from '../../app/preferences.ts'
import { FieldHead } from '../kit/field-head.tsx'
import { currentOwner } from '../store/current-owner.ts'
import { useFieldStore } from '../store/field-store.tsx'
import { forgetAnswers } from '../store/use-field-read.ts'
import { useLive } from '../store/use-live.ts'
import { EntryCard } from './entry-card.tsx'

/** 我的: what waits, what was sent, how the screen looks, sign out. */
export function MePage() {
  const me = useMe()
  const api = useApi()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const { db } = useFieldStore()
  const preferences = usePreferences()
  const [leaving, setLeaving] = useState(false)
  const entries =
    useLive(`outbox ${me.subject}`, () => db.outbox.where({ owner: me.subject }).reverse().sortBy('createdAt')) ?? []
  const waiting = entries.filter((entry) => entry.state !== 'sent')
  const sent = entries.filter((entry) => entry.state === 'sent')
  const leave = async () => {
    const leaveAt = await api.keeper.signOut()
    currentOwner.set(undefined)
    await forgetAnswers(db)
    cache.clear()
    if (leaveAt === undefined) await navigate({ to: '/sign-in', replace: true })
    else window.location.assign(leaveAt)
  }
  return (
    <>
      <FieldHead title="我的" />
      <main className="field-content">
        <section className="field-card">
          <p className="me-name">{me.name}</p>
          <p className="quiet">
            {me.officeName} · {me.roles.map((role) => role.title).join('、')}
          </p>
        </section>
        <h2 className="field-group">等待发送（{waiting.length}）</h2>
        {waiting.length === 0 && <p className="field-card quiet">没有等待发送的内容，填写的都已提交。</p>}
        {waiting.map((entry) => (
          <EntryCard key={entry.id} entry={entry} />
        ))}
        <h2 className="field-group">显示</h2>
        <section className="field-card switch-list">
          <div>
            <span id="outdoor-label">户外模式（字更黑，线更粗）</span>
            <Switch
              aria-labelledby="outdoor-label"
              checked={preferences.outdoor}
              onChange={(on) => setPreference('outdoor', on)}
            />
          </div>
          <div>
            <span id="large-label">大字</span>
            <Switch
              aria-labelledby="large-label"
              checked={preferences.largeType}
              onChange={(on) => setPreference('largeType', on)}
            />
          </div>
        </section>
        {sent.length > 0 && <h2 className="field-group">最近提交</h2>}
        {sent.slice(0, 10).map((entry) => (
          <EntryCard key={entry.id} entry={entry} />
        ))}
        <div className="me-actions">
          <Button block size="large" onClick={() => setLeaving(true)}>
            退出登录
          </Button>
          <a href="/" className="field-wide-link">
            打开电脑版
          </a>
        </div>
      </main>
      <Dialog
        visible={leaving}
        title="退出登录？"
        content={
          waiting.length === 0
            ? '退出后，这台手机上不再显示您的内容。'
            : `还有 ${waiting.length} 项没有发送。它们会留在这台手机上，等您再次登录后发送。`
        }
        onClose={() => setLeaving(false)}
        actions={[
          [
            { key: 'stay', text: '取消', onClick: () => setLeaving(false) },
            { key: 'leave', text: '退出', danger: true, onClick: leave },
          ],
        ]}
      />
    </>
  )
}
