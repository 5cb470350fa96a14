/**
 * The one guard in front of connections, for those who connect for a service without a probe: which addresses may be reached,
 * whom to trust, the words for a handshake that fails, and what may be shown of what was said.
 */
export { createGuardedLookup, TargetRefusedError } from './probe/guarded-lookup.ts';
export { redactText, redactUrl } from './probe/redact.ts';
export { checkReach, isListedHost, type Refusal } from './probe/target.ts';
export { translateTlsCode } from './probe/translate-error.ts';
export { createTrust } from './probe/trust.ts';
