// Run by mongosh as the health check: makes the replica set when there is none yet; fails until it has a primary.
// biome-ignore lint/suspicious/noUndeclaredEnvVars: no build reads it, only the container it runs in
const address = `${process.env.MONGODB_HOST ?? 'mongodb'}:27017`
let state
try {
  state = rs.status().myState
} catch (error) {
  if (error.codeName !== 'NotYetInitialized') throw error
  rs.initiate({ _id: 'dulian', members: [{ _id: 0, host: address }] })
}
const PRIMARY = 1
if (state !== PRIMARY) quit(1)
