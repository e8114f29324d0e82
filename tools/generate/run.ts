import { runGenerators } from './run-generators.ts'

// `npm run generate`; ends the process itself, because a described instance may leave timers behind.
process.exit(await runGenerators(process.argv.slice(2)))
