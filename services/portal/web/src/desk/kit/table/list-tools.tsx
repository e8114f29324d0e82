import { Button, Checkbox, Dropdown, Input, Popover, Space } from 'antd'
import { useState } from 'react'
import { count } from '../../../words/format.ts'
import { DownloadOutlined, PrinterOutlined, SettingOutlined, StarOutlined } from '../icons.tsx'
import type { SearchState } from '../use-search-state.ts'
import { useStored } from '../use-stored.ts'

interface SavedView {
  readonly name: string
  readonly search: SearchState
}

interface ListToolsProps {
  readonly name: string
  readonly columns: readonly { key: string; title: string }[]
  readonly shown: readonly string[]
  readonly onShow: (keys: string[]) => void
  readonly search: SearchState
  readonly onSearch: (search: SearchState) => void
  /** Absent for those who may not take data out. */
  readonly onExport: (() => void) | undefined
  /** Rows read so far, while the list is being taken out. */
  readonly exporting: number | undefined
}

/** What can be done with a list as a whole: own views, columns, export, print. */
export function ListTools({ name, columns, shown, onShow, search, onSearch, onExport, exporting }: ListToolsProps) {
  return (
    <Space.Compact className="list-tools no-print">
      <SavedViews name={name} search={search} onSearch={onSearch} />
      <Popover
        trigger="click"
        placement="bottomRight"
        title="显示的列"
        content={
          <Checkbox.Group
            className="column-chooser"
            value={[...shown]}
            onChange={(keys) => keys.length > 0 && onShow(keys.map(String))}
            options={columns.map((column) => ({ value: column.key, label: column.title }))}
          />
        }
      >
        <Button icon={<SettingOutlined />}>列</Button>
      </Popover>
      {onExport !== undefined && (
        <Button icon={<DownloadOutlined />} loading={exporting !== undefined} onClick={onExport}>
          {exporting === undefined || exporting === 0 ? '导出' : `已读 ${count(exporting)} 行`}
        </Button>
      )}
      <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
        打印
      </Button>
    </Space.Compact>
  )
}

function SavedViews({
  name,
  search,
  onSearch,
}: {
  name: string
  search: SearchState
  onSearch: (search: SearchState) => void
}) {
  const [views, setViews] = useStored<readonly SavedView[]>(`views.${name}`, [])
  const [title, setTitle] = useState('')
  const save = () => {
    if (title.trim() === '') return
    setViews([...views.filter((view) => view.name !== title.trim()), { name: title.trim(), search }])
    setTitle('')
  }
  const panel = (
    <div className="saved-views">
      {views.length === 0 && <p className="quiet">还没有常用视图。设好筛选条件后，起个名字存下来，下次一点就到。</p>}
      <ul>
        {views.map((view) => (
          <li key={view.name}>
            <Button type="link" onClick={() => onSearch(view.search)}>
              {view.name}
            </Button>
            <Button
              type="text"
              size="small"
              aria-label={`删除视图 ${view.name}`}
              onClick={() => setViews(views.filter((other) => other !== view))}
            >
              删除
            </Button>
          </li>
        ))}
      </ul>
      <Space.Compact block>
        <Input
          aria-label="视图名称"
          placeholder="把当前条件存为…"
          value={title}
          maxLength={20}
          onChange={(event) => setTitle(event.target.value)}
          onPressEnter={save}
        />
        <Button onClick={save}>保存</Button>
      </Space.Compact>
    </div>
  )
  return (
    <Dropdown trigger={['click']} popupRender={() => panel}>
      <Button icon={<StarOutlined />}>常用视图</Button>
    </Dropdown>
  )
}
