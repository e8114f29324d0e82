import { Button, Checkbox, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useState } from 'react'
import { clearable } from '../clearable.tsx'
import type { SearchState } from '../use-search-state.ts'
import type { Filter } from './list-definition.ts'

interface FilterBarProps {
  readonly filters: readonly Filter[]
  readonly values: SearchState
  /** What the address itself says, without defaults. */
  readonly inUse: SearchState
  readonly onChange: (change: Record<string, string | undefined>) => void
}

/** The filters of a list; what is chosen stands in the address. */
export function FilterBar({ filters, values, inUse, onChange }: FilterBarProps) {
  const [all, setAll] = useState(false)
  if (filters.length === 0) return null
  const chosen = filters.filter((filter) => (inUse[filter.key] ?? '') !== '')
  const shown = filters.filter((filter) => filter.more !== true || all || chosen.includes(filter))
  return (
    <search className="filter-bar no-print" aria-label="筛选">
      {shown.map((filter) => (
        <FilterControl
          key={filter.key}
          filter={filter}
          value={values[filter.key]}
          onChange={(value) => onChange({ [filter.key]: value })}
        />
      ))}
      {filters.some((filter) => filter.more === true) && (
        <Button type="link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? '收起筛选' : '更多筛选'}
        </Button>
      )}
      {chosen.length > 0 && (
        <Button
          type="link"
          onClick={() => onChange(Object.fromEntries(chosen.map((filter) => [filter.key, undefined])))}
        >
          清除筛选
        </Button>
      )}
    </search>
  )
}

interface ControlProps {
  readonly filter: Filter
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}

function FilterControl({ filter, value, onChange }: ControlProps) {
  switch (filter.kind) {
    case 'search':
      return <SearchFilter label={filter.label} value={value} onChange={onChange} />
    case 'select':
      return (
        <Select
          aria-label={filter.label}
          placeholder={filter.label}
          allowClear={clearable}
          value={value ?? null}
          options={[...filter.options]}
          onChange={(next: string | null | undefined) => onChange(next ?? undefined)}
          popupMatchSelectWidth={false}
          style={{ minWidth: 116 }}
        />
      )
    case 'toggle':
      return (
        <Checkbox checked={value === 'true'} onChange={(event) => onChange(event.target.checked ? 'true' : undefined)}>
          {filter.label}
        </Checkbox>
      )
    case 'day':
    case 'month':
      return (
        <DatePicker
          style={{ width: 158 }}
          aria-label={filter.label}
          placeholder={filter.label}
          picker={filter.kind === 'month' ? 'month' : 'date'}
          format={filter.kind === 'month' ? 'YYYY年M月' : 'YYYY年M月D日'}
          value={value === undefined ? null : dayjs(value)}
          onChange={(next) =>
            onChange(next === null ? undefined : next.format(filter.kind === 'month' ? 'YYYY-MM' : 'YYYY-MM-DD'))
          }
        />
      )
    case 'pick':
      return filter.render({ value, onChange, placeholder: filter.label })
  }
}

/** Waits for a pause in typing, so that the address does not change with every letter. */
function SearchFilter({
  label,
  value,
  onChange,
}: {
  label: string
  value: string | undefined
  onChange: (value: string | undefined) => void
}) {
  const [text, setText] = useState(value ?? '')
  useEffect(() => setText(value ?? ''), [value])
  useEffect(() => {
    if (text === (value ?? '')) return
    const timer = window.setTimeout(() => onChange(text.trim() === '' ? undefined : text.trim()), 350)
    return () => window.clearTimeout(timer)
  }, [text, value, onChange])
  return (
    <Input.Search
      aria-label={label}
      placeholder={label}
      allowClear
      value={text}
      onChange={(event) => setText(event.target.value)}
      onSearch={(next) => onChange(next.trim() === '' ? undefined : next.trim())}
      style={{ width: 200 }}
    />
  )
}
