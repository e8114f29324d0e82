import { Link } from '@tanstack/react-router'
import type { Committee } from '../../api/types.ts'
import { useRead } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState, ErrorState } from '../../kit/states.tsx'
import { Timeline } from '../../kit/timeline.tsx'
import { count, day, today } from '../../words/format.ts'
import { seatRoles, tenureRoles } from '../../words/labels.ts'
import { DayField } from '../kit/form/day-field.tsx'
import { LookBackControl, LookBackNote, NothingThen } from '../kit/past/look-back-control.tsx'
import { useLookBack } from '../kit/past/use-look-back.ts'
import { QueryView } from '../kit/query-view.tsx'
import { NextStep, RecordPage } from '../kit/record-page.tsx'
import { useSearchState } from '../kit/use-search-state.ts'
import {
  EndLiaisonAction,
  LeaveBodyAction,
  LiaisonAction,
  RenameBodyAction,
  SeatAction,
  SeatBodiesAction,
  VacateSeatAction,
} from './committee-actions.tsx'
import { RevealPhone } from './reveal-phone.tsx'

/** Changes shown beside; what each person held stands under 历任. */
const RECENT = 20

/** 教育督导委员会: who sits on it on a day, past or to come, through whom each body is reached, and who held what. */
export function CommitteePage() {
  const [search, setSearch] = useSearchState()
  const past = useLookBack()
  const asked = past?.day ?? search.day ?? today()
  const query = useRead('/api/supervisor-registry/committee', { query: { day: asked, ...past?.query } })
  return (
    <QueryView query={query}>
      {(committee, view) => {
        const { amount, source } = committee.expectedBodies
        const isNow = past === undefined && asked === today()
        return (
          <RecordPage
            crumbs={[{ title: '督学库' }]}
            title="教育督导委员会"
            state={
              <StateLamp strong kind={committee.bodies.length >= amount ? 'on-time' : 'due-soon'}>
                {`成员单位 ${count(committee.bodies.length)} / ${count(amount)}`}
              </StateLamp>
            }
            looks={<LookBackControl list={search.tab === 'bodies' ? 'member-bodies' : 'committee'} />}
            actions={
              <>
                <DayField
                  aria-label="今天或以后哪一天的组成"
                  from={today()}
                  value={asked}
                  onChange={(next) => setSearch({ day: next })}
                />
                {isNow && <SeatBodiesAction />}
                {isNow && <SeatAction committee={committee} />}
              </>
            }
            nextStep={
              <>
                <LookBackNote />
                {past === undefined && committee.withoutLiaison > 0 && (
                  <NextStep who="成员单位" what={`还有 ${count(committee.withoutLiaison)} 个成员单位没有联络员`} />
                )}
              </>
            }
            facts={[
              { label: '哪一天', value: day(committee.day) },
              { label: '主任', value: namesOf(committee, 'director') },
              { label: '副主任', value: namesOf(committee, 'deputy-director') },
              { label: '总督学', value: namesOf(committee, 'chief-supervisor') },
              { label: '副总督学', value: namesOf(committee, 'deputy-chief-supervisor') },
              ...(past === undefined
                ? []
                : [{ label: '没有联络员', value: `${count(committee.withoutLiaison)} 个成员单位` }]),
              { label: '应有成员单位', value: `${count(amount)} 个（${source}）`, wide: true },
            ]}
            tabs={[
              { key: 'seats', label: '任职', children: <Seats committee={committee} isNow={isNow} /> },
              { key: 'bodies', label: '成员单位与联络员', children: <Bodies committee={committee} isNow={isNow} /> },
              { key: 'former', label: '历任', children: <Tenures /> },
            ]}
            timelineTitle="最近变更"
            timeline={<Timeline entries={committee.history.slice(-RECENT)} newestFirst />}
            view={view}
          />
        )
      }}
    </QueryView>
  )
}

function namesOf(committee: Committee, role: string): string {
  const names = committee.seats.filter((seat) => seat.role === role).map((seat) => seat.personName)
  return names.length === 0 ? '空缺' : names.join('、')
}

function Seats({ committee, isNow }: { committee: Committee; isNow: boolean }) {
  const past = useLookBack()
  if (committee.seats.length === 0)
    return past !== undefined ? (
      <NothingThen />
    ) : (
      <EmptyState title="还没有任职人员">在右上角“任命”主任、副主任、委员和总督学，每次变动都会注明日期。</EmptyState>
    )
  const order = Object.keys(seatRoles)
  const seats = [...committee.seats].sort((one, other) => order.indexOf(one.role) - order.indexOf(other.role))
  return (
    <ul className="stack">
      {seats.map((seat) => (
        <li key={seat.seatId} className="stack-row">
          <span>
            <strong>{tenureRoles[seat.role]}</strong>
            <span className="aside">
              {seat.supervisorId === null ? (
                seat.personName
              ) : (
                <Link to={`/supervisors/${seat.supervisorId}`}>{seat.personName}</Link>
              )}
            </span>
            <span className="quiet aside">
              {seat.bodyName === null ? seat.personTitle : `${seat.bodyName} · ${seat.personTitle}`}，{day(seat.from)}{' '}
              起
            </span>
          </span>
          {isNow && (
            <span className="no-print">
              <SeatAction committee={committee} replaces={seat} />
              <VacateSeatAction committee={committee} seat={seat} />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

function Bodies({ committee, isNow }: { committee: Committee; isNow: boolean }) {
  const [search, setSearch] = useSearchState()
  const past = useLookBack()
  const onlyMissing = search.missing === 'true'
  const bodies = onlyMissing ? committee.bodies.filter((body) => !body.hasLiaison) : committee.bodies
  if (committee.bodies.length === 0)
    return past !== undefined ? (
      <NothingThen />
    ) : (
      <EmptyState title="还没有成员单位">在右上角“登记成员单位”，可一次粘贴全部名称。</EmptyState>
    )
  return (
    <>
      <label className="no-print">
        <input
          type="checkbox"
          checked={onlyMissing}
          onChange={(event) => setSearch({ missing: event.target.checked ? 'true' : undefined })}
        />{' '}
        只看没有联络员的单位
      </label>
      <ul className="stack">
        {bodies.map((body) => (
          <li key={body.bodyId} className="stack-row">
            <span>
              <strong>{body.name}</strong>
              <span className="quiet aside">{day(body.from)} 起</span>
              {body.liaisonName === null ? (
                <span className="aside">
                  <StateLamp kind="due-soon">没有联络员</StateLamp>
                </span>
              ) : (
                <span className="aside">
                  {body.liaisonName}（{body.liaisonSection}）{' '}
                  <RevealPhone
                    masked={body.liaisonPhoneMasked ?? '—'}
                    path="/api/supervisor-registry/committee/bodies/{bodyId}/reveal-phone"
                    params={{ bodyId: body.bodyId }}
                  />
                </span>
              )}
            </span>
            {isNow && (
              <span className="no-print">
                <LiaisonAction committee={committee} body={body} />
                <EndLiaisonAction committee={committee} body={body} />
                <RenameBodyAction committee={committee} body={body} />
                <LeaveBodyAction committee={committee} body={body} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function Tenures() {
  const past = useLookBack()
  const list = useRead('/api/supervisor-registry/committee/tenures', { query: { limit: 200, ...past?.query } })
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const items = list.data?.body.items ?? []
  if (list.data !== undefined && items.length === 0)
    return past !== undefined ? (
      <NothingThen />
    ) : (
      <EmptyState title="还没有任职经历">任命和更换后，每一任都会列在这里。</EmptyState>
    )
  return (
    <ul className="stack">
      {items.map((tenure) => (
        <li key={`${tenure.seatId} ${tenure.from}`} className="stack-row">
          <span>
            <strong>{tenureRoles[tenure.role]}</strong>
            <span className="aside">{tenure.personName}</span>
            <span className="quiet aside">
              {tenure.bodyName === null ? tenure.personTitle : `${tenure.bodyName} · ${tenure.personTitle}`}
              {tenure.reason !== null && `，${tenure.reason}`}
            </span>
          </span>
          <span className="quiet tabular">
            {day(tenure.from)} — {tenure.to === null ? '至今' : day(tenure.to)}
          </span>
        </li>
      ))}
    </ul>
  )
}
