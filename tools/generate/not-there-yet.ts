/** Generators whose source is still being written. A name leaves the list as soon as its source is there. */
export const notThereYet: readonly string[] = []
