import { memo, useEffect, useState } from 'react'
import type { ChecklistItem } from '../../api/types.ts'
import { PhotoStrip } from '../kit/photo-strip.tsx'
import type { DraftAnswer, FieldDatabase, StoredPhoto } from '../store/field-database.ts'
import { useFieldStore } from '../store/field-store.tsx'
import { needsPhoto } from '../store/visit-gaps.ts'
import { AnswerChoice } from './answer-choice.tsx'

interface ItemCardProps {
  readonly draftId: string
  readonly item: ChecklistItem
  readonly answer: DraftAnswer | undefined
  readonly photos: readonly StoredPhoto[]
  readonly flagged: boolean
  readonly keepPlace: boolean
  /** Keeps an answer in the draft it belongs to; the same function every time, so that only what changed is drawn anew. */
  readonly write: (db: FieldDatabase, draftId: string, code: string, answer: DraftAnswer) => Promise<void>
}

/** One line of the checklist; a negative opens its note and pictures in place. */
export const ItemCard = memo(function ItemCard({
  draftId,
  item,
  answer,
  photos,
  flagged,
  keepPlace,
  write,
}: ItemCardProps) {
  const { db } = useFieldStore()
  const [more, setMore] = useState(false)
  const negative = answer?.answer === 'no'
  const open = negative || needsPhoto(item, answer) || more || photos.length > 0 || (answer?.note ?? '') !== ''
  return (
    <section className={flagged ? 'item-card is-flagged' : 'item-card'} id={`item-${item.code}`}>
      <h3>
        <span className="item-code">{item.code}</span>
        {item.title}
      </h3>
      {item.prompt !== null && <p className="item-prompt">{item.prompt}</p>}
      {negative && (item.negative ?? null) !== null && <p className="item-prompt">答“否”表示：{item.negative}</p>}
      <AnswerChoice
        name={`answer-${item.code}`}
        label={item.title}
        value={answer?.answer}
        onChange={(chosen) => void write(db, draftId, item.code, { answer: chosen })}
      />
      {open ? (
        <div className="item-more">
          <NoteField
            value={answer?.note ?? ''}
            label={negative ? '情况（必填）' : '情况'}
            onChange={(note) => void write(db, draftId, item.code, { note })}
          />
          {needsPhoto(item, answer) && photos.length === 0 && <p className="quiet">这一条要附照片。</p>}
          <PhotoStrip parentId={draftId} slot={item.code} photos={photos} label={item.title} keepPlace={keepPlace} />
        </div>
      ) : (
        answer?.answer !== undefined && (
          <button type="button" className="field-link" onClick={() => setMore(true)}>
            补充说明或照片
          </button>
        )
      )}
    </section>
  )
})

/** Kept at every letter; the store answers later than one types, so the field has its own copy. */
export function NoteField({
  value,
  label,
  onChange,
  rows = 2,
}: {
  value: string
  label: string
  onChange: (value: string) => void
  rows?: number
}) {
  const [text, setText] = useState(value)
  const [focused, setFocused] = useState(false)
  useEffect(() => {
    if (!focused) setText(value)
  }, [value, focused])
  return (
    <label className="note-field">
      <span>{label}</span>
      <textarea
        rows={rows}
        maxLength={2000}
        value={text}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onChange={(event) => {
          setText(event.target.value)
          onChange(event.target.value)
        }}
      />
    </label>
  )
}
