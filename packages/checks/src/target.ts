/**
 * The one guard in front of connections, for those who connect for a service without a probe: which addresses may be reached,
 * whom to trust, and the words for a handshake that fails.
 */
export { createGuardedLookup, TargetRefusedError } from './probe/guarded-lookup.ts';
export { checkReach, type Refusal } from './probe/target.ts';
export { translateTlsCode } from './probe/translate-error.ts';
export { createTrust } from './probe/trust.ts';
