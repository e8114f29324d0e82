import { useState } from 'react'
import { useApi } from '../../app/app-context.tsx'
import './letter-paper.css'

/** A letter as the service laid it out line by line; the Word file is printed from the same lines. */
export interface LetterLines {
  readonly masthead: string
  readonly urgency: string | null
  readonly documentNumber: string | null
  readonly signer: string | null
  readonly title: readonly string[]
  readonly recipients: string | null
  readonly paragraphs: readonly {
    readonly level: number
    readonly marker: string
    readonly text: string
    readonly body: string
  }[]
  readonly attachments: readonly string[]
  readonly signatory: string
  readonly date: string | null
  readonly remark: string | null
  readonly copies: string | null
  readonly imprint: { readonly printedBy: string; readonly printedOn: string } | null
}

/** 公文 as it will read on paper. */
export function LetterPaper({ letter, label }: { letter: LetterLines; label: string }) {
  return (
    <article className="letter-paper" aria-label={label}>
      {letter.urgency !== null && <div className="letter-urgency">{letter.urgency}</div>}
      <div className="letter-masthead">{letter.masthead}</div>
      <div className={letter.signer === null ? 'letter-number' : 'letter-number has-signer'}>
        <span>{letter.documentNumber ?? '（文号在印发时取得）'}</span>
        {letter.signer !== null && <span>签发人：{letter.signer}</span>}
      </div>
      <h2>
        {letter.title.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </h2>
      {letter.recipients !== null && <p className="letter-flush">{letter.recipients}</p>}
      {letter.paragraphs.map(({ level, marker, text, body }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no other identity than their place
        <p key={place}>
          <span className={`letter-level-${level}`}>
            {marker}
            {text}
          </span>
          {body}
        </p>
      ))}
      {letter.attachments.length > 0 && (
        <div className="letter-attachments">
          {letter.attachments.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
      <div className="letter-signature">
        <div>
          <span>{letter.signatory}</span>
          <span>{letter.date ?? '（成文日期）'}</span>
        </div>
      </div>
      {letter.remark !== null && <p>{letter.remark}</p>}
      {(letter.copies !== null || letter.imprint !== null) && (
        <div className="letter-imprint">
          {letter.copies !== null && <div>{letter.copies}</div>}
          {letter.imprint !== null && (
            <div>
              <span>{letter.imprint.printedBy}</span>
              <span>{letter.imprint.printedOn}</span>
            </div>
          )}
        </div>
      )}
    </article>
  )
}

/** Saves a file that a service makes; through memory, because a plain link could not carry the sign-in. */
export function SaveMadeFile({ url, name, children }: { url: string; name: string; children: string }) {
  const api = useApi()
  const [state, setState] = useState<'ready' | 'busy' | 'failed'>('ready')
  const save = async () => {
    setState('busy')
    try {
      const address = URL.createObjectURL(await (await api.raw(url)).blob())
      const link = document.createElement('a')
      link.href = address
      link.download = name
      link.click()
      window.setTimeout(() => URL.revokeObjectURL(address), 10_000)
      setState('ready')
    } catch {
      setState('failed')
    }
  }
  return (
    <button type="button" className="plain-button" disabled={state === 'busy'} onClick={() => void save()}>
      {state === 'failed' ? '没有取到，重试' : children}
    </button>
  )
}
