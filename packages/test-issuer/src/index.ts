export { Browser } from './browser.ts'
export { signInAt } from './sign-in-at.ts'
export * from './test-issuer.ts'
