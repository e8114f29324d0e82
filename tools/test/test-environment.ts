/** Settings a test may see. Any other `DULIAN_…` of the person at the keyboard would change what the tests prove. */
const passedThrough = new Set(['DULIAN_SAMPLES', 'DULIAN_CHROMIUM', 'DULIAN_REQUIRE'])

/**
 * The environment of a test process: the caller's, without its own DuLian settings and Node flags. What one process has
 * compiled the next finds in `compiled`: most of them load the same hundreds of files.
 */
export function testEnvironment(
  env: Record<string, string | undefined>,
  compiled: string,
): Record<string, string | undefined> {
  const kept = Object.entries(env).filter(
    ([key]) =>
      (!key.startsWith('DULIAN_') || passedThrough.has(key)) && key !== 'NODE_TEST_CONTEXT' && key !== 'NODE_OPTIONS',
  )
  return { ...Object.fromEntries(kept), FORCE_COLOR: '0', NODE_ENV: 'test', NODE_COMPILE_CACHE: compiled }
}
