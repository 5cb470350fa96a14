/** Bindings proposed for a runbook's lines by declared rules (SPEC.md). */
export { applyBindings } from './propose/apply-bindings.ts';
export type { Proposal } from './propose/proposal.ts';
export { proposeAll, proposeBindings } from './propose/propose-bindings.ts';
export type { Rule } from './propose/rule.ts';
export { fallbackRules, lineRules } from './propose/rules.ts';
