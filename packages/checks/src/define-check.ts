/** Declares a check with its parameters' types known inside `run`. */
import type { z } from 'zod';
import type { CheckDefinition } from './contract.ts';

/**
 * Forgets the parameter type, so that checks of different parameters stand in one catalogue. The runner hands `run` only what
 * this check's own schema put out (`graph/read-params.ts`), which is the guarantee behind the cast.
 */
export function defineCheck<Params extends z.ZodObject>(definition: CheckDefinition<Params>): CheckDefinition {
	return definition as unknown as CheckDefinition;
}
