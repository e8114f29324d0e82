import { useSearchState } from './use-search-state.ts'

/** 投屏模式 of a page: kept in the address, so that a wall screen can be sent its link; the frame goes and the type grows. */
export function useProjection(): { readonly projecting: boolean; readonly project: (on: boolean) => void } {
  const [search, setSearch] = useSearchState()
  return {
    projecting: search.screen === '1',
    project(on) {
      setSearch({ screen: on ? '1' : undefined }, false)
      if (on) void document.documentElement.requestFullscreen?.().catch(() => undefined)
      else if (document.fullscreenElement !== null) void document.exitFullscreen()
    },
  }
}
