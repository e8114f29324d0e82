import type { Signature, VisitRecord } from '../../api/types.ts'
import { EmptyState } from '../../kit/states.tsx'
import { useFileUrl } from '../../kit/use-file-url.ts'
import { moment } from '../../words/format.ts'
import './answer-table.css'

/** Both signatures as drawn on the phone. */
export function Signatures({ visit }: { visit: VisitRecord }) {
  if (visit.signatures === null) return <EmptyState title="还没有签字">督学和学校负责人在手机上签字后提交。</EmptyState>
  return (
    <div className="signatures">
      <Signed title="督学" signature={visit.signatures.supervisor} />
      <Signed title="学校" signature={visit.signatures.school} />
    </div>
  )
}

function Signed({ title, signature }: { title: string; signature: Signature }) {
  const { url } = useFileUrl(signature.image ?? undefined)
  return (
    <figure className="signature">
      <figcaption>
        {title}：{signature.name}
        <span className="quiet tabular aside">{moment(signature.signedAt)}</span>
      </figcaption>
      {url !== undefined && <img src={url} alt={`${signature.name}的签名`} />}
    </figure>
  )
}
