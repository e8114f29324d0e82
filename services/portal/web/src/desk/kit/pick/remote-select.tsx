import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { useRead } from '../../../app/use-read.ts'
import { clearable } from '../clearable.tsx'
import type { ListPath, RowOf } from '../table/list-definition.ts'

export interface PickFieldProps {
  readonly value?: string | undefined
  readonly onChange?: (value: string | undefined) => void
  readonly id?: string
  readonly placeholder?: string
  readonly width?: number | string
}

interface RemoteSelectProps<P extends ListPath> extends PickFieldProps {
  readonly path: P
  readonly query?: Readonly<Record<string, string | number | boolean>>
  /** Whether the list is searched by the server as one types. */
  readonly searches?: boolean
  readonly idOf: (row: RowOf<P>) => string
  readonly labelOf: (row: RowOf<P>) => string
  readonly onPick?: ((row: RowOf<P>) => void) | undefined
}

/** Chooses one thing out of a list of the server. */
export function RemoteSelect<P extends ListPath>(props: RemoteSelectProps<P>) {
  const {
    path,
    query = {},
    searches = false,
    idOf,
    labelOf,
    onPick,
    value,
    onChange,
    id,
    placeholder,
    width = '100%',
  } = props
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(typed.trim()), 250)
    return () => window.clearTimeout(timer)
  }, [typed])
  const list = useRead(path, {
    query: { limit: 100, ...query, ...(searches && asked !== '' ? { q: asked } : {}) },
  } as never)
  const rows = (list.data?.body as { items: RowOf<P>[] } | undefined)?.items ?? []
  return (
    <Select
      // In a form the label of the field names it.
      {...(id === undefined ? { 'aria-label': placeholder ?? '选择' } : { id })}
      style={{ width, minWidth: 150 }}
      placeholder={placeholder ?? '请选择'}
      allowClear={clearable}
      loading={list.isFetching}
      showSearch={searches ? { filterOption: false, onSearch: setTyped } : { optionFilterProp: 'label' }}
      value={value ?? null}
      options={rows.map((row) => ({ value: idOf(row), label: labelOf(row) }))}
      popupMatchSelectWidth={false}
      notFoundContent={list.isFetching ? '正在查找…' : list.isError ? '没有读到，请稍后重试' : '没有符合的内容'}
      onChange={(next: string | null | undefined) => {
        onChange?.(next ?? undefined)
        const row = rows.find((one) => idOf(one) === next)
        if (row !== undefined) onPick?.(row)
      }}
    />
  )
}
