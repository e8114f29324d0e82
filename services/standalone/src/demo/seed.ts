import { chinaDate } from '@dulian/calendar'
import type { FakeClock } from '@dulian/event-sourcing'
import type { DemoCard } from '@dulian/portal'
import type { Instance } from '../instance.ts'
import { isWeekday, startOfWork } from './days.ts'
import { demoOffices } from './demo-world.ts'
import { type Card, foundOffice } from './found-office.ts'
import { OfficeCast } from './office-cast.ts'
import { OfficeStory } from './office-story.ts'

/** The stories of all demo offices. */
export interface DemoSeed {
  /** Everybody in them by now, for the demo issuer of the instance being seeded. */
  people(): readonly DemoCard[]
  /**
   * Lives the last `days` days of four offices through the real routes, day by day under a clock of its own, up to now.
   * The instance must be empty and run on `clock`. Answers the sign-in cards.
   */
  run(instance: Instance, progress: (done: number, total: number) => void): Promise<readonly Card[]>
}

export function demoSeed(clock: FakeClock, now: number, days: number): DemoSeed {
  let casts: readonly OfficeCast[] = []
  return {
    people: () => casts.flatMap((cast) => cast.people),
    async run(instance, progress) {
      casts = demoOffices.map((office) => new OfficeCast(office, instance, clock))
      const stories: OfficeStory[] = []
      for (let day = 0; day <= days; day += 1) {
        clock.set(Math.min(now, startOfWork(now, days - day)))
        await instance.host.tick()
        if (day === 0) {
          const founded = await Promise.all(casts.map((cast) => foundOffice(cast)))
          for (const [index, cast] of casts.entries()) {
            const begun = founded[index]
            if (begun === undefined) continue
            stories.push(new OfficeStory(cast, begun, { now, begins: chinaDate(clock.now()), seed: index * 3 }))
          }
        } else if (isWeekday(chinaDate(clock.now()))) {
          // Everybody works side by side, on what the views showed in the morning; one catching-up a day keeps the story short.
          await Promise.all(stories.map((story) => story.live(days - day)))
          await instance.host.settle('prompt')
        }
        progress(day, days)
      }
      clock.set(now)
      await instance.host.tick()
      // The lists' past is built beside the running instance, once people can sign in.
      await instance.host.settle('prompt')
      const cards = await Promise.all(stories.map((story) => story.cards()))
      return cards.flat()
    },
  }
}

/** The first morning of the story. */
export function demoBeginning(now: number, days: number): number {
  return startOfWork(now, days)
}
