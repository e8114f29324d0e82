import type { BulletinDrafted, BulletinEvent, BulletinIssued } from './events.ts'

/** 督导通报 of one office and month. */
export type Bulletin =
  | { readonly stage: 'none' }
  | { readonly stage: 'drafted'; readonly draft: BulletinDrafted }
  | { readonly stage: 'issued'; readonly draft: BulletinDrafted; readonly issued: BulletinIssued }

export const initialBulletin: Bulletin = { stage: 'none' }

export function evolveBulletin(state: Bulletin, event: BulletinEvent): Bulletin {
  switch (event.type) {
    case 'BulletinDrafted':
      return { stage: 'drafted', draft: event.data }
    case 'BulletinReworded':
      return state.stage === 'drafted'
        ? { stage: 'drafted', draft: { ...state.draft, wording: event.data.wording } }
        : state
    case 'BulletinIssued':
      return state.stage === 'none' ? state : { stage: 'issued', draft: state.draft, issued: event.data }
    default: {
      const unknown: never = event
      return unknown
    }
  }
}
