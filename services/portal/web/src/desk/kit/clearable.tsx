import { CloseCircleFilled } from './icons.tsx'

/** For selects that can be emptied: the library calls the button “Clear” on its own. */
export const clearable = { clearIcon: <CloseCircleFilled />, label: '清除' }
