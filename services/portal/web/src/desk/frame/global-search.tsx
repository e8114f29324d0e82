import { useNavigate } from '@tanstack/react-router'
import { AutoComplete, Input } from 'antd'
import { type ComponentRef, useEffect, useRef, useState } from 'react'
import { useRights } from '../../app/app-context.tsx'
import { useRead } from '../../app/use-read.ts'
import { SearchOutlined } from '../kit/icons.tsx'

/** Finds schools, problems and tasks by their words. `/` leads here from anywhere. */
export function GlobalSearch() {
  const rights = useRights()
  const navigate = useNavigate()
  const input = useRef<ComponentRef<typeof AutoComplete>>(null)
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(text.trim()), 250)
    return () => window.clearTimeout(timer)
  }, [text])
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.key !== '/' || target.closest('input,textarea,select,[contenteditable]') !== null) return
      event.preventDefault()
      input.current?.focus()
    }
    window.addEventListener('keydown', focus)
    return () => window.removeEventListener('keydown', focus)
  }, [])
  const long = asked.length >= 1
  const schools = useRead(
    '/api/supervisor-registry/schools',
    { query: { q: asked, limit: 5 } },
    { enabled: long && rights.can('registry.read') },
  )
  const problems = useRead(
    '/api/rectification/problems',
    { query: { q: asked, limit: 5 } },
    { enabled: long && rights.can('problem.read') },
  )
  const tasks = useRead(
    '/api/office/tasks',
    { query: { q: asked, limit: 5 } },
    { enabled: long && rights.can('plan.read') },
  )
  const found = [
    {
      label: '学校',
      options: (schools.data?.body.items ?? []).map((one) => ({ value: `/schools/${one.schoolId}`, label: one.name })),
    },
    {
      label: '问题',
      options: (problems.data?.body.items ?? []).map((one) => ({
        value: `/problems/${one.problemId}`,
        label: `${one.number} ${one.title}（${one.schoolName}）`,
      })),
    },
    {
      label: '任务',
      options: (tasks.data?.body.items ?? []).map((one) => ({
        value: `/tasks/${one.taskId}`,
        label: `${one.itemPath} ${one.title}`,
      })),
    },
  ].filter((group) => group.options.length > 0)
  const busy = schools.isFetching || problems.isFetching || tasks.isFetching
  return (
    <AutoComplete
      ref={input}
      className="global-search"
      value={text}
      options={long ? found : []}
      notFoundContent={long ? (busy ? '正在查找…' : '没有找到，请换个词试试') : null}
      popupMatchSelectWidth={420}
      listHeight={420}
      onChange={(next: string) => setText(next.startsWith('/') ? '' : next)}
      onSelect={(to: string) => {
        setText('')
        void navigate({ to })
      }}
    >
      <Input
        prefix={<SearchOutlined />}
        placeholder="查学校、问题、任务"
        aria-label="查学校、问题、任务，按斜杠键可到这里"
        allowClear
      />
    </AutoComplete>
  )
}
