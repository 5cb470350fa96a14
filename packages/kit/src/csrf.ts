/** Tokens against cross-site request forgery: signed double submit, bound to the session. */
export { type Csrf, type CsrfIssue, type CsrfOptions, type CsrfRefusal, type CsrfVerdict, createCsrf } from './csrf/create-csrf.ts';
