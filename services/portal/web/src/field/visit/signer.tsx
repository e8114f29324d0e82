import { useEffect, useState } from 'react'
import { SignaturePad } from '../kit/signature-pad.tsx'
import type { StoredPhoto } from '../store/field-database.ts'

interface SignerProps {
  readonly draftId: string
  readonly slot: string
  readonly title: string
  readonly name: string
  readonly onName: (name: string) => void
  readonly kept: StoredPhoto | undefined
  readonly flagged: boolean
}

/** A name and the signature to it. */
export function Signer({ draftId, slot, title, name, onName, kept, flagged }: SignerProps) {
  const [text, setText] = useState(name)
  const [focused, setFocused] = useState(false)
  useEffect(() => {
    if (!focused) setText(name)
  }, [name, focused])
  return (
    <section className={flagged ? 'item-card is-flagged' : 'item-card'}>
      <h3>{title}</h3>
      <label className="name-field">
        <span>姓名</span>
        <input
          type="text"
          maxLength={50}
          value={text}
          autoComplete="off"
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onChange={(event) => {
            setText(event.target.value)
            onName(event.target.value)
          }}
        />
      </label>
      <SignaturePad parentId={draftId} slot={slot} kept={kept} label={title} />
    </section>
  )
}
