/** For engines whose server stays: on a busy machine nothing is to be taken for an outage. */
export const PATIENT = { reachWithin: 60_000, answerWithin: 120_000 }
