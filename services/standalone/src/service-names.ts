/** Everything that runs in the all-in-one, by name; the order is that of the menu, nothing depends on it. */
export const serviceNames = ['supervisor-registry', 'office', 'inspections', 'rectification'] as const

export type ServiceName = (typeof serviceNames)[number]
