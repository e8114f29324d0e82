import { releaseContracts } from './release-contracts.ts'

// `npm run release-contracts -- <version>`; the date is the one in China.
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
process.exitCode = await releaseContracts(process.argv.slice(2), today)
