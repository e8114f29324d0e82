import { Select } from 'antd'
import { useState } from 'react'
import { usePages } from '../../../app/use-read.ts'
import type { ListPath, RowOf } from '../table/list-definition.ts'

interface RemoteMultiSelectProps<P extends ListPath> {
  readonly value?: readonly string[] | undefined
  readonly onChange?: (value: string[]) => void
  readonly id?: string
  readonly placeholder?: string
  readonly path: P
  readonly query?: Readonly<Record<string, string | number | boolean>>
  readonly idOf: (row: RowOf<P>) => string
  readonly labelOf: (row: RowOf<P>) => string
}

/** Chooses several things out of a list of the server; what is typed narrows what is offered. */
export function RemoteMultiSelect<P extends ListPath>(props: RemoteMultiSelectProps<P>) {
  const { path, query = {}, idOf, labelOf, value, onChange, id, placeholder = '可选多项' } = props
  const [typed, setTyped] = useState('')
  const pages = usePages(path, { limit: 200, ...query })
  const rows = pages.data?.pages.flatMap((page) => (page.body as { items: RowOf<P>[] }).items) ?? []
  if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage()
  return (
    <Select
      mode="multiple"
      {...(id === undefined ? { 'aria-label': placeholder } : { id })}
      style={{ width: '100%' }}
      placeholder={placeholder}
      loading={pages.isFetching}
      showSearch={{ optionFilterProp: 'label', searchValue: typed, onSearch: setTyped }}
      value={[...(value ?? [])]}
      options={rows.map((row) => ({ value: idOf(row), label: labelOf(row) }))}
      notFoundContent={pages.isFetching ? '正在查找…' : pages.isError ? '没有读到，请稍后重试' : '没有符合的内容'}
      onChange={(next: string[]) => {
        setTyped('')
        onChange?.(next)
      }}
    />
  )
}
