import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Table } from 'antd'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useMemo, useState } from 'react'
import { useApi } from '../../../app/app-context.tsx'
import { usePages } from '../../../app/use-read.ts'
import { AsOfLine } from '../../../kit/as-of-line.tsx'
import { ErrorState } from '../../../kit/states.tsx'
import { count, today } from '../../../words/format.ts'
import { linkTarget } from '../link-target.ts'
import { type Differences, LookBackControl, LookBackNote, NothingThen } from '../past/look-back-control.tsx'
import { useLookBack } from '../past/use-look-back.ts'
import { type SearchState, useSearchState } from '../use-search-state.ts'
import { useStored } from '../use-stored.ts'
import { FilterBar } from './filter-bar.tsx'
import type { Column, Filter, ListPath, RowOf } from './list-definition.ts'
import { ListTools } from './list-tools.tsx'
import { readAll } from './read-all.ts'
import { useExport } from './use-export.ts'
import './data-table.css'

/** In the address: a filter that has a default was cleared. */
const ALL = 'all'

interface DataTableProps<P extends ListPath> {
  /** Names the list where its columns and views are remembered. */
  readonly name: string
  readonly path: P
  /** Shown above an exported or printed list, and in the file name. */
  readonly caption: string
  readonly columns: readonly Column<RowOf<P>>[]
  readonly filters?: readonly Filter[]
  /** Taken while the address says nothing else. */
  readonly defaults?: SearchState
  /** Always asked, never shown. */
  readonly fixed?: Readonly<Record<string, string | number | boolean>>
  readonly rowKey: (row: RowOf<P>) => string
  readonly rowTo?: (row: RowOf<P>) => string
  readonly empty: ReactNode
  /** The list can look back to a past day; under this name its differences are listed. */
  readonly past?: Differences
  /** The page itself shows control and line of the past, above more than this list. */
  readonly hasPastAbove?: boolean
  /** Bulk actions for the chosen rows. */
  readonly selection?: (rows: readonly RowOf<P>[], clear: () => void) => ReactNode
  readonly beside?: ReactNode
}

/** The list of the product: filters in the address, own columns and views, paging, export, print, all four states. */
export function DataTable<P extends ListPath>(props: DataTableProps<P>) {
  const {
    name,
    path,
    caption,
    columns,
    filters = [],
    defaults = {},
    fixed = {},
    rowKey,
    rowTo,
    empty,
    past: list,
    hasPastAbove = false,
    selection,
    beside,
  } = props
  type Row = RowOf<P>
  const [search, setSearch] = useSearchState()
  const lookBack = useLookBack()
  const past = list === undefined ? undefined : lookBack
  const navigate = useNavigate()
  const values: SearchState = Object.fromEntries(
    Object.entries({ ...defaults, ...search }).filter(([, value]) => value !== ALL),
  )
  const asked = Object.fromEntries(
    filters.flatMap(({ key }) => ((values[key] ?? '') === '' ? [] : [[key, values[key]]])),
  )
  const query = { ...asked, ...fixed, ...past?.query }
  const pages = usePages(path, { limit: 50, ...query })
  const rows = useMemo(
    () => pages.data?.pages.flatMap((page) => (page.body as { items: Row[] }).items) ?? [],
    [pages.data],
  )
  const view = pages.data?.pages.slice(-1)[0]?.view
  const [shown, setShown] = useStored<string[]>(
    `columns.${name}`,
    columns.filter((column) => column.optional !== true).map((column) => column.key),
  )
  const [selected, setSelected] = useState<string[]>([])
  // Nothing is done to a past day: the column of what can be done would be empty.
  const visible = columns.filter(({ key }) => shown.includes(key) && (past === undefined || key !== 'actions'))
  const chosen = rows.filter((row) => selected.includes(rowKey(row)))

  const api = useApi()
  const { mayExport, exporting, exportList } = useExport()
  const [read, setRead] = useState(0)
  const exportRows = () =>
    void exportList({
      list: name,
      title: caption,
      fileName: `${caption}-${past === undefined ? today() : past.line}`,
      ...(past === undefined ? {} : { line: `${caption}：${past.line}` }),
      head: visible.map((column) => column.title),
      rows: async () => {
        setRead(0)
        const all = pages.hasNextPage ? await readAll(api, path, query, setRead) : rows
        return all.map((row) => visible.map((column) => cellText(column, row)))
      },
      filters: filters
        .filter(({ key }) => asked[key] !== undefined)
        .map((filter) => `${filter.label}：${filterWord(filter, String(asked[filter.key]))}`)
        .join('；'),
    })
  const open = (row: Row, event: MouseEvent) => {
    const target = event.target as HTMLElement
    if (
      rowTo === undefined ||
      // What happens in a dialog opened from the row arrives here too, without lying in the row.
      !event.currentTarget.contains(target) ||
      target.closest('a,button,input,label') !== null ||
      window.getSelection()?.toString() !== ''
    )
      return
    void navigate(linkTarget(rowTo(row)))
  }
  return (
    <>
      <div className="list-bar">
        <FilterBar
          filters={filters}
          values={values}
          inUse={search}
          onChange={(change) => setSearch(withoutDefaults(change, defaults))}
        />
        {list !== undefined && !hasPastAbove && <LookBackControl list={list} />}
        <ListTools
          name={name}
          columns={columns}
          shown={shown}
          onShow={setShown}
          search={search}
          onSearch={(next) => setSearch({ ...Object.fromEntries(filters.map(({ key }) => [key, undefined])), ...next })}
          onExport={mayExport && rows.length > 0 ? exportRows : undefined}
          exporting={exporting ? read : undefined}
        />
      </div>
      {list !== undefined && !hasPastAbove && <LookBackNote />}
      {beside}
      {pages.isError && pages.data === undefined ? (
        <div className="list-panel">
          <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
        </div>
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the links of the rows
        <div className="list-panel" onKeyDown={moveBetweenRows}>
          {past === undefined && selection !== undefined && chosen.length > 0 && (
            <div className="list-selection no-print">
              <span>已选 {count(chosen.length)} 项</span>
              {selection(chosen, () => setSelected([]))}
              <Button type="link" onClick={() => setSelected([])}>
                取消选择
              </Button>
            </div>
          )}
          {pages.isPending ? (
            <TableSkeleton columns={visible.length} />
          ) : (
            <Table<Row & object>
              size="middle"
              pagination={false}
              rowKey={(row) => rowKey(row as Row)}
              dataSource={rows as (Row & object)[]}
              locale={{
                emptyText: past === undefined ? empty : <NothingThen />,
              }}
              columns={visible.map((column) => ({
                key: column.key,
                title: column.title,
                ...(column.width === undefined ? {} : { width: column.width }),
                ...(column.isTitle === true ? { minWidth: 200 } : {}),
                ...(column.align === undefined ? {} : { align: column.align }),
                render: (_value: unknown, row: Row) =>
                  column.isTitle === true && rowTo !== undefined ? (
                    <Link className="row-link" {...linkTarget(rowTo(row))}>
                      {column.render(row)}
                    </Link>
                  ) : (
                    column.render(row)
                  ),
              }))}
              {...(rowTo === undefined
                ? {}
                : {
                    onRow: (row) => ({
                      className: 'row-opens',
                      onClick: (event: MouseEvent) => open(row as Row, event),
                    }),
                  })}
              {...(selection === undefined || past !== undefined
                ? {}
                : {
                    rowSelection: {
                      selectedRowKeys: selected,
                      onChange: (keys: React.Key[]) => setSelected(keys.map(String)),
                      columnWidth: 44,
                      getTitleCheckboxProps: () => ({ 'aria-label': '全选' }),
                      getCheckboxProps: (row) => ({ 'aria-label': `选择 ${rowName(visible, row as Row)}` }),
                    },
                  })}
            />
          )}
        </div>
      )}
      {rows.length > 0 && (
        <div className="list-foot">
          <span className="tabular">
            已显示 {count(rows.length)} 条{pages.hasNextPage ? '，还有更多' : '，全部显示'}
          </span>
          {pages.hasNextPage && (
            <Button className="no-print" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              加载更多
            </Button>
          )}
          <AsOfLine view={view} />
        </div>
      )}
    </>
  )
}

/** What a row is called when it is read out: its title. */
function rowName<Row>(columns: readonly Column<Row>[], row: Row): string {
  const title = columns.find((column) => column.isTitle === true) ?? columns[0]
  return title === undefined ? '' : cellText(title, row)
}

function cellText<Row>(column: Column<Row>, row: Row): string {
  if (column.text !== undefined) return column.text(row)
  const shown = column.render(row)
  return typeof shown === 'string' || typeof shown === 'number' ? String(shown) : ''
}

/** What was chosen in a filter, in the words it was chosen by. */
function filterWord(filter: Filter, value: string): string {
  if (filter.kind === 'toggle') return '是'
  if (filter.kind !== 'select') return value
  return filter.options.find((option) => option.value === value)?.label ?? value
}

/** Clearing a filter that has a default must be remembered; setting it back to the default need not be. */
function withoutDefaults(
  change: Record<string, string | undefined>,
  defaults: SearchState,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(change).map(([key, value]) => {
      if (value === defaults[key]) return [key, undefined]
      return [key, value === undefined && defaults[key] !== undefined ? ALL : value]
    }),
  )
}

function moveBetweenRows(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const links = Array.from(event.currentTarget.querySelectorAll<HTMLAnchorElement>('a.row-link'))
  const at = links.indexOf(document.activeElement as HTMLAnchorElement)
  if (at < 0) return
  event.preventDefault()
  links[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus()
}

const skeletonWidths = [100, 93, 98, 91, 96, 89, 94, 99] as const

function TableSkeleton({ columns }: { columns: number }) {
  return (
    <div className="table-skeleton" role="status" aria-label="正在加载">
      {skeletonWidths.map((width) => (
        <span key={width} className="skeleton-line" style={{ width: `${width - Math.max(0, 6 - columns)}%` }} />
      ))}
    </div>
  )
}
