import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { bodyRoles, itemRoles } from '../../words/labels.ts'
import { highlight } from './highlight.ts'
import { dateWords, quantityWords, type ReadingItem } from './plan-items.ts'
import './plan-reading.css'

interface PlanReadingProps {
  readonly items: readonly ReadingItem[]
  /** The correction of an item in its place; without it the table is only read. */
  readonly editor?: ((item: ReadingItem, close: () => void) => ReactNode) | undefined
}

/** What was printed, and beside it what was understood: bodies, dates and numbers, each marked where it stands. */
export function PlanReading({ items, editor }: PlanReadingProps) {
  const [editing, setEditing] = useState<string>()
  return (
    <>
      <p className="mark-legend">
        <span>
          <mark className="mark mark-body">责任单位</mark> 实线
        </span>
        <span>
          <mark className="mark mark-date">时限</mark> 虚线
        </span>
        <span>
          <mark className="mark mark-quantity">数量要求</mark> 双线
        </span>
      </p>
      <div className="reading">
        <div className="reading-head">
          <div>文件原文</div>
          <div>识别结果</div>
        </div>
        {items.map((item) => (
          <div className="reading-row" key={item.key} id={`item-${item.key}`}>
            <div className="reading-printed" style={{ paddingLeft: 16 + (item.level - 1) * 20 }}>
              <Printed item={item} />
            </div>
            <div>
              {editing === item.key && editor !== undefined ? (
                editor(item, () => setEditing(undefined))
              ) : (
                <Found item={item} onEdit={editor === undefined ? undefined : () => setEditing(item.key)} />
              )}
            </div>
          </div>
        ))}
      </div>
    </>
  )
}

function Printed({ item }: { item: ReadingItem }) {
  const printed = item.printed ?? item
  return (
    <>
      <span className="reading-marker">{item.marker}</span>
      {printed.heading !== '' && (
        <span className="reading-heading">
          <Marked text={printed.heading} item={item} />
        </span>
      )}
      <Marked text={printed.text} item={item} />
    </>
  )
}

function Marked({ text, item }: { text: string; item: ReadingItem }) {
  return highlight(text, item).map((segment, index) =>
    segment.kind === undefined ? (
      segment.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text stand in a fixed order
      <mark key={index} className={`mark mark-${segment.kind}`}>
        {segment.text}
      </mark>
    ),
  )
}

function Found({ item, onEdit }: { item: ReadingItem; onEdit: (() => void) | undefined }) {
  const nothing = item.bodies.length === 0 && item.dates.length === 0 && item.quantities.length === 0
  return (
    <div className="reading-found">
      {item.printed !== undefined && <p className="reading-note">内容已校正：{`${item.heading}${item.text}`}</p>}
      {nothing && item.role === 'group' ? null : nothing ? (
        <p className="found-none">没有识别出责任单位、时限和数量。</p>
      ) : (
        <dl>
          {item.bodies.length > 0 && (
            <div className="found-line">
              <dt>责任单位</dt>
              <dd>
                {item.bodies.map((body) => (
                  <span className="found-chip" key={`${body.role}-${body.name}`}>
                    <small>{bodyRoles[body.role]}</small>
                    {body.name}
                  </span>
                ))}
              </dd>
            </div>
          )}
          {item.dates.length > 0 && (
            <div className="found-line">
              <dt>时限</dt>
              <dd>
                {item.dates.map((date) => (
                  <span className="found-chip" key={`${date.text}-${date.from}`} title={`原文：${date.text}`}>
                    {dateWords(date)}
                  </span>
                ))}
              </dd>
            </div>
          )}
          {item.quantities.length > 0 && (
            <div className="found-line">
              <dt>数量要求</dt>
              <dd>
                {item.quantities.map((quantity) => (
                  <span
                    className="found-chip"
                    key={`${quantity.text}-${quantity.value}-${quantity.unit ?? ''}`}
                    title={`识别为 ${quantityWords(quantity)}`}
                  >
                    {quantity.text}
                  </span>
                ))}
              </dd>
            </div>
          )}
        </dl>
      )}
      {item.comprehensiveInspection && <p className="reading-note">本年度综合督导</p>}
      {item.role !== undefined && item.role !== 'task' && <p className="reading-note">{itemRoles[item.role]}</p>}
      {item.note !== null && <p className="reading-note">校正说明：{item.note}</p>}
      {onEdit !== undefined && (
        <div className="no-print">
          <Button size="small" onClick={onEdit}>
            校正
          </Button>
        </div>
      )}
    </div>
  )
}
