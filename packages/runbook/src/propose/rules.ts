import type { Rule } from './rule.ts';
import { commandRules } from './rules/command.ts';
import { containmentRules } from './rules/containment.ts';
import { convexRules } from './rules/convex.ts';
import { dataRules } from './rules/data.ts';
import { environmentRules } from './rules/environment.ts';
import { healthRules } from './rules/health.ts';
import { observationRules } from './rules/observation.ts';
import { pageRules } from './rules/page.ts';
import { personRules } from './rules/people.ts';
import { recurringRules } from './rules/recurring.ts';
import { releaseRules } from './rules/release.ts';
import { securityRules } from './rules/security.ts';
import { signInRules } from './rules/sign-in.ts';
import { speedRules } from './rules/speed.ts';

/** Every rule that looks at one line by itself, in the order in which their proposals stand. */
export const lineRules: readonly Rule[] = [
	...healthRules,
	...pageRules,
	...speedRules,
	...signInRules,
	...environmentRules,
	...convexRules,
	...securityRules,
	...observationRules,
	...dataRules,
	...releaseRules,
	...containmentRules,
	...recurringRules,
	...commandRules,
];

/** Asked only where none of the others has an answer. */
export const fallbackRules: readonly Rule[] = personRules;
