import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd-mobile'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { moment } from '../../words/format.ts'
import type { LampKind } from '../../words/lamps.ts'
import type { OutboxEntry } from '../store/field-database.ts'
import { useFieldStore } from '../store/field-store.tsx'

const lamps: Record<OutboxEntry['state'], LampKind> = { waiting: 'due-soon', sent: 'on-time', refused: 'overdue' }
const words: Record<OutboxEntry['state'], string> = {
  waiting: '等待发送',
  sent: '已提交',
  refused: '没有被接受，需要修改',
}

/** One thing that was handed over for sending. */
export function EntryCard({ entry }: { entry: OutboxEntry }) {
  const { outbox } = useFieldStore()
  const navigate = useNavigate()
  const correct = async () => {
    await outbox.reopen(entry)
    await navigate({ to: placeOf(entry) })
  }
  return (
    <section className="field-card entry-card">
      <p className="entry-head">
        <strong>{entry.title}</strong>
        <StateLamp kind={lamps[entry.state]}>{words[entry.state]}</StateLamp>
      </p>
      <p className="quiet">
        {entry.sentAt === undefined ? `${moment(entry.createdAt)} 填写完成` : `${moment(entry.sentAt)} 提交成功`}
      </p>
      {entry.problem !== undefined && entry.state !== 'sent' && (
        <p className={entry.state === 'refused' ? 'field-error' : 'quiet'}>
          {entry.problem.detail}
          {entry.problem.traceId !== undefined && entry.state === 'refused' && `（问题编号 ${entry.problem.traceId}）`}
        </p>
      )}
      {entry.state === 'waiting' && (
        <Button block onClick={() => void outbox.send({ hurry: true })}>
          立即发送
        </Button>
      )}
      {entry.state === 'refused' && (
        <Button block color="primary" onClick={() => void correct()}>
          修改后重新提交
        </Button>
      )}
    </section>
  )
}

function placeOf(entry: OutboxEntry): string {
  if (entry.kind === 'visit') return `/visits/${entry.draftId}`
  if (entry.kind === 'self-check') return `/self-checks/${entry.draftId}`
  const [action = 'report', problemId = ''] = entry.draftId.split(':')
  return `/problems/${problemId}/${action}`
}
