/** How a runbook's commands, placeholders, effects and expectations are read (rules: SPEC.md). Pure. */
export type { Judgement, Stdin } from './command/call.ts';
export { changesSomething, effectRank, worstEffect } from './command/effect.ts';
export { findPlaceholders } from './command/find-placeholders.ts';
export { type HazardClass, hazardClasses } from './command/hazard-classes.ts';
export { classifyCommand } from './command/judge-script.ts';
export { mayRunUnattended } from './command/may-run-unattended.ts';
export { findOddCharacter } from './command/odd-characters.ts';
export { readExpectations } from './command/read-expectations.ts';
export { type FenceComment, type FenceReading, readFence } from './command/read-fence.ts';
export { readInlineCode } from './command/read-inline-code.ts';
export { type ProseEffect, readProseEffect } from './command/read-prose-effect.ts';
export { readThreshold } from './command/read-threshold.ts';
export type { Expansion, Lexed, Redirection, Token, Word } from './command/token.ts';
export { tokenize } from './command/tokenize.ts';
export { isKnownTool } from './command/tool-families.ts';
