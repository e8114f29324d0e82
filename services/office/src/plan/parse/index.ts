export { parsePlan } from './parse-plan.ts'
export { ParsedBody, ParsedDate, ParsedItem, ParsedPlan, ParsedQuantity } from './parsed-plan.ts'
export { lostCharacters, reconstruct } from './round-trip.ts'
export { effectiveBodies } from './settle-bodies.ts'
