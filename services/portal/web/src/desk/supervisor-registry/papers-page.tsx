import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Papers } from '../../api/types.ts'
import { useMe } from '../../app/app-context.tsx'
import { useThing } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { day } from '../../words/format.ts'
import { employments, paperStates, supervisorCategories } from '../../words/labels.ts'
import { PageHead } from '../kit/page-head.tsx'
import { QueryView } from '../kit/query-view.tsx'
import { paperLamps } from './paper-lamps.ts'
import './papers.css'

/** 聘书 and 督学证 of one term, as they are printed. */
export function PapersPage() {
  const { supervisorId = '', termFrom = '' } = useParams({ strict: false }) as {
    supervisorId?: string
    termFrom?: string
  }
  const query = useThing('/api/supervisor-registry/supervisors/{id}/certificates/{termFrom}', {
    path: { id: supervisorId, termFrom },
  })
  return (
    <QueryView query={query}>
      {(papers) => (
        <>
          <div className="no-print">
            <PageHead
              crumbs={[
                { title: '督学库' },
                { title: '聘书与督学证', to: '/certificates' },
                { title: papers.name, to: `/supervisors/${supervisorId}` },
              ]}
              title={papers.certificateNumber}
              beside={
                <StateLamp strong kind={paperLamps[papers.state]}>
                  {paperStates[papers.state]}
                </StateLamp>
              }
              actions={
                <Button type="primary" onClick={() => window.print()}>
                  打印
                </Button>
              }
            >
              {papers.voidedOn !== null && (
                <p className="quiet">
                  自 {day(papers.voidedOn)} 起失效：{papers.voidedBecause}
                </p>
              )}
            </PageHead>
          </div>
          <div className="papers">
            <Letter papers={papers} />
            <Card papers={papers} />
          </div>
        </>
      )}
    </QueryView>
  )
}

function Letter({ papers }: { papers: Papers }) {
  return (
    <article className="certificate" aria-label="聘书">
      <Watermark papers={papers} />
      <h2>聘 书</h2>
      <p className="certificate-number">{papers.letterNumber}</p>
      <p className="certificate-to">{papers.name}：</p>
      <p>
        经{papers.decidedBy}研究决定，兹聘任您为{supervisorCategories[papers.category]}（
        {employments[papers.employment]}），任期自{day(papers.termFrom)}至{day(papers.termTo)}。
      </p>
      <p className="certificate-sign">
        {papers.decidedBy}
        <br />
        {day(papers.decidedOn)}
      </p>
    </article>
  )
}

function Card({ papers }: { papers: Papers }) {
  const me = useMe()
  return (
    <article className="certificate certificate-card" aria-label="督学证">
      <Watermark papers={papers} />
      <h2>督 学 证</h2>
      <div className="certificate-photo" aria-hidden="true">
        照片
      </div>
      <dl>
        <dt>姓名</dt>
        <dd>{papers.name}</dd>
        <dt>类别</dt>
        <dd>
          {supervisorCategories[papers.category]} · {employments[papers.employment]}
        </dd>
        <dt>编号</dt>
        <dd>{papers.certificateNumber}</dd>
        <dt>有效期</dt>
        <dd>
          {day(papers.termFrom)} 至 {day(papers.termTo)}
        </dd>
        <dt>发证日期</dt>
        <dd>{day(papers.issuedOn)}</dd>
      </dl>
      <p className="certificate-sign">{me.officeName}</p>
    </article>
  )
}

/** Papers that are worth nothing say so across themselves, on the screen as on paper. */
function Watermark({ papers }: { papers: Papers }) {
  if (papers.state !== 'void' && papers.state !== 'expired') return null
  return <span className="certificate-watermark">{paperStates[papers.state]}</span>
}
