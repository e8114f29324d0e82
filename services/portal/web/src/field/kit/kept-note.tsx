import { moment } from '../../words/format.ts'

/** Says that what is shown was read earlier. */
export function KeptNote({ keptAt }: { keptAt: string | undefined }) {
  if (keptAt === undefined) return null
  return <p className="kept-note">没有网络，下面是 {moment(keptAt)} 的内容</p>
}
