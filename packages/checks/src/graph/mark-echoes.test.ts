import { expect, it } from 'vitest';
import type { Observation, State } from '../contract.ts';
import { markEchoes } from './mark-echoes.ts';

function observe(key: string, state: State): Observation {
	return {
		check: key,
		key,
		state,
		params: {},
		reason: '',
		enable: null,
		findings: [],
		evidence: [],
		measurements: [],
		phases: [],
		attachments: [],
		facts: [],
		subject: '',
		startedAt: '',
		durationMs: 0,
		echoOf: null,
		applicable: true,
	};
}

const at = (...paths: string[]) => paths.map((path) => ({ code: 'x', severity: 'fail' as const, message: '', at: path }));

it('leaves a failure at another path to itself', () => {
	const status = { ...observe('status', 'fail'), findings: at('/500') };
	const page = (...paths: string[]) => ({ ...observe('page', 'fail'), findings: at(...paths) });
	const echo = (...paths: string[]) => markEchoes([status, page(...paths)], new Map([['page', ['status']]])).at(-1)?.echoOf;
	expect([echo('/500'), echo('/'), echo('/', '/500'), echo()]).toEqual(['status', null, null, 'status']);
});

function mark(states: Record<string, State>, needs: Record<string, string[]>): Record<string, string | null> {
	const marked = markEchoes(
		Object.entries(states).map(([key, state]) => observe(key, state)),
		new Map(Object.entries(needs)),
	);
	return Object.fromEntries(marked.map(({ key, echoOf }) => [key, echoOf]));
}

it('names the root-most failing prerequisite, not the nearest', () => {
	expect(mark({ a: 'fail', b: 'fail', c: 'fail' }, { b: ['a'], c: ['b'] })).toEqual({ a: null, b: 'a', c: 'a' });
});

it('goes through prerequisites that could not tell', () => {
	expect(mark({ a: 'fail', b: 'unknown', c: 'fail' }, { b: ['a'], c: ['b'] })).toEqual({ a: null, b: null, c: 'a' });
});

it('marks failing checks only, and takes the first of several roots', () => {
	expect(mark({ a: 'fail', b: 'fail', c: 'warn', d: 'fail', e: 'fail' }, { c: ['a'], d: ['b', 'a'], e: [] })).toEqual({
		a: null,
		b: null,
		c: null,
		d: 'b',
		e: null,
	});
});
