import { Link } from '@tanstack/react-router'
import { LampIcon } from '../../kit/lamp-icon.tsx'
import { count } from '../../words/format.ts'
import type { LampKind } from '../../words/lamps.ts'
import { lampColours } from '../../words/lamps.ts'
import './tile-row.css'

export interface Tile {
  readonly label: string
  readonly value: number | string | undefined
  readonly unit?: string
  readonly to: string
  readonly search?: Record<string, string>
  readonly lamp?: LampKind
  readonly note?: string
}

/** Numbers that each open the list they count. */
export function TileRow({ tiles }: { tiles: readonly Tile[] }) {
  return (
    <ul className="tile-row">
      {tiles.map((tile) => (
        <li key={tile.label}>
          <Link className="tile" to={tile.to} search={(tile.search ?? {}) as never}>
            <span className="tile-label">
              {tile.lamp !== undefined && (
                <span style={{ color: lampColours[tile.lamp], display: 'inline-flex' }}>
                  <LampIcon kind={tile.lamp} />
                </span>
              )}
              {tile.label}
            </span>
            <span className="tile-value tabular">
              {typeof tile.value === 'number' ? count(tile.value) : (tile.value ?? '…')}
              {tile.unit !== undefined && <small>{tile.unit}</small>}
            </span>
            {tile.note !== undefined && <span className="tile-note">{tile.note}</span>}
          </Link>
        </li>
      ))}
    </ul>
  )
}
