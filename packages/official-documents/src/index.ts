export { type LetterParagraph, OfficialLetter } from './letter/letter.ts'
export { letterFile, wordMediaType } from './letter/letter-file.ts'
export { type LetterForm, letterForm } from './letter/letter-form.ts'
export { LetterPreview, letterPreview } from './letter/letter-preview.ts'
export { takeNumber, voidNumber } from './register/decide.ts'
export { documentNumber } from './register/document-number.ts'
export {
  type DocumentRegisterStreams,
  documentRegisterStream,
  type NumberedRegister,
  numberedRegister,
} from './register/document-register.ts'
export { type DocumentRegisterEvent, documentRegisterEvents } from './register/events.ts'
export { type DocumentRegister, evolveDocumentRegister, initialDocumentRegister } from './register/state.ts'
