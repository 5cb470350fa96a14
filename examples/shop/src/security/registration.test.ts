import { expect, it } from 'vitest';
import { findRegistrationProblem } from './registration.ts';

const good = { name: 'Ada', email: 'ada@shop.example', password: 'brass and rope' };

it.each([
	[{}, null],
	[{ name: '  ' }, 'name'],
	[{ name: 'x'.repeat(81) }, 'name'],
	[{ email: 'ada' }, 'email'],
	[{ email: 'a b@shop.example' }, 'email'],
	[{ email: `${'a'.repeat(250)}@shop.example` }, 'email'],
	[{ password: 'short' }, 'password'],
	[{ password: 'x'.repeat(1025) }, 'password'],
])('finds with %j the problem %j', (change, code) => {
	expect(findRegistrationProblem({ ...good, ...change })?.code ?? null).toBe(code);
});
