import { describe, expect, it } from 'vitest';
import type { Observation } from '../contract.ts';
import { observe } from './fixtures/build-observation.ts';
import { coversVariables, variablesOf } from './variables-of.ts';

function saying(check: string, message: string, params = {}): Observation {
	const observation = observe(check, { params, codes: ['env.missing'] });
	return { ...observation, findings: [{ code: 'env.missing', severity: 'fail', message }] };
}

describe('variablesOf (G10)', () => {
	it('reads names from the parameter and from what fails, without predecessors', () => {
		const message = 'CSRF_SECRET is not set, and SESSION_SECRET_PREVIOUS is not set either.';
		expect(variablesOf(saying('env.secret', message, { name: 'SESSION_SECRET' }))).toEqual(['SESSION_SECRET', 'CSRF_SECRET']);
	});

	it('accounts for an observation of several variables only when each is told by somebody', () => {
		const both = saying('env.required', 'SESSION_SECRET and CSRF_SECRET are not set.');
		const session = saying('env.secret', 'It is not set.', { name: 'SESSION_SECRET' });
		const csrf = saying('env.secret', 'It is not set.', { name: 'CSRF_SECRET' });
		expect(coversVariables(session, both, [session])).toBe(false);
		expect(coversVariables(session, both, [session, csrf])).toBe(true);
		expect(coversVariables(saying('env.secret', 'It is not set.', { name: 'APP_URL' }), both, [session, csrf])).toBe(false);
	});
});
