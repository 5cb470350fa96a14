import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../catalogue.ts';
import type { Problem, Runbook } from '../model.ts';
import { commentOf, emptyRunbook, issueOf, lineOf, stepOf } from './fixtures/runbook-of.ts';
import { readDirective } from './grammar.ts';
import { validateDirectives } from './validate.ts';

const catalogue: Catalogue = {
	entries: [
		{
			kind: 'check',
			id: 'env.secret',
			title: 'Secret is long enough',
			params: [
				{ name: 'name', kind: 'string', required: true, example: 'name=SESSION_SECRET', description: 'name of the variable' },
				{ name: 'min', kind: 'integer', required: false, example: 'min=32', minimum: 1, maximum: 4096, description: 'characters' },
				{ name: 'ratio', kind: 'number', required: false, example: 'ratio=0.5', minimum: 0, description: 'share' },
				{ name: 'where', kind: 'string', required: false, allowed: ['app', 'platform'], example: 'where=app', description: 'place' },
				{ name: 'strict', kind: 'boolean', required: false, example: 'strict=true', description: 'whether warnings fail' },
			],
		},
		{ kind: 'check', id: 'http.health', title: 'Health', params: [] },
		{ kind: 'action', id: 'app.restart', title: 'Restart', params: [] },
		{ kind: 'task', id: 'daily', title: 'Daily', params: [] },
	],
};

/** A runbook whose line 5 is a step that carries these directives, in an issue of two causes. */
function runbookWith(...directives: readonly string[]): Runbook {
	let column = 20;
	const comments = directives.map((text) => {
		const comment = { ...commentOf(text, 5, column), alone: false };
		column += text.length + 10;
		return comment;
	});
	const bindings = comments.flatMap((comment) => {
		const reading = readDirective(comment);
		return reading.kind === 'directive' ? [reading.binding] : [];
	});
	return emptyRunbook({
		issues: [issueOf({ line: 1, endLine: 9, causes: [lineOf('One', 2), lineOf('Two', 3)], steps: [stepOf('Check it', 5, { bindings })] })],
		comments,
	});
}

const show = (problems: readonly Problem[]): readonly string[] =>
	problems.map(({ rule, line, column, message, hint }) => `${rule} ${line}:${column} ${message}. ${hint}`);

describe('validateDirectives', () => {
	it.each([
		['D9 unknown id', 'check: env.secrets name=A', 'D9 5:25 check env.secrets: no such check. Did you mean env.secret?'],
		[
			'D9 id of another kind',
			'check: app.restart',
			'D9 5:25 check app.restart: no such check. There is an action of that name: action: app.restart.',
		],
		['D10 unknown parameter', 'check: env.secret name=A minn=3', 'D10 5:50 minn: env.secret has no such parameter. Did you mean min?'],
		[
			'D11 no whole number',
			'check: env.secret name=A min=abc',
			'D11 5:50 min=abc: expected a whole number from 1 to 4096. For example min=32.',
		],
		[
			'D11 too large',
			'check: env.secret name=A min=9999',
			'D11 5:50 min=9999: expected a whole number from 1 to 4096. For example min=32.',
		],
		['D11 no number', 'check: env.secret name=A ratio=-1', 'D11 5:50 ratio=-1: expected a number of at least 0. For example ratio=0.5.'],
		[
			'D11 not among the few',
			'check: env.secret name=A where=here',
			'D11 5:50 where=here: expected one of app, platform. For example where=app.',
		],
		[
			'D11 neither true nor false',
			'check: env.secret name=A strict="a b"',
			'D11 5:50 strict="a b": expected true or false. For example strict=true.',
		],
		[
			'D12 required and missing',
			'check: env.secret min=3',
			'D12 5:32 env.secret needs name: name of the variable. For example name=SESSION_SECRET.',
		],
		['D13 cause out of range', 'cause: 3', 'D13 5:32 cause 3: "Shop does not load" has 2 causes. Use a number from 1 to 2.'],
	])('%s', (_, directive, problem) => expect(show(validateDirectives(runbookWith(directive), catalogue))).toEqual([problem]));

	it('finds nothing wrong with what is right', () => {
		const fine = runbookWith(
			'check: env.secret name=A min=32 ratio=0.5 where=app strict=false',
			'action: app.restart',
			'person: anything goes=here',
			'cause: 2',
			'ignore:',
		);
		expect(show(validateDirectives(fine, catalogue))).toEqual([]);
	});

	it('D13 refuses a cause outside any issue', () => {
		const runbook = { ...runbookWith('cause: 1'), issues: [], procedures: [] };
		expect(show(validateDirectives(runbook, catalogue))).toEqual([
			expect.stringMatching(/^D13 .*belongs to no issue/),
			expect.stringMatching(/^D15 .*where nothing can be bound/),
		]);
	});

	it('D14 names the second of two that are the same', () => {
		expect(show(validateDirectives(runbookWith('check: http.health', 'check: http.health'), catalogue))).toEqual([
			'D14 5:53 check http.health is bound to this line twice. Keep one of the two.',
		]);
	});

	it('says everything at once, in the order of the document', () => {
		const rules = validateDirectives(
			runbookWith('chekc: http.health', 'check: env.secrets', 'check: http.health path=/a lone'),
			catalogue,
		).map((problem) => problem.rule);
		expect(rules).toEqual(['D2', 'D9', 'D4']);
	});
});
