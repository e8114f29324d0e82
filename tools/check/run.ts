import { runChecks } from './run-checks.ts'

// `npm run check`: see run-checks.ts for the arguments.
process.exitCode = await runChecks(process.argv.slice(2))
