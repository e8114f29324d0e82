import { runAllTests } from './run-all-tests.ts'

// `npm test`: see run-all-tests.ts for the arguments.
process.exit(await runAllTests(process.argv.slice(2), process.env))
