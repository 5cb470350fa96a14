import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Runbook } from '../model.ts';
import type { Proposal } from '../propose/proposal.ts';
import { readRunbook } from '../read.ts';
import { listBindable } from './bindable.ts';
import { distributeFenceBindings } from './fenced-command.ts';
import { documents } from './fixtures/documents.ts';
import { bindingOf } from './fixtures/runbook-of.ts';
import { isSameBinding } from './rebind.ts';
import { removeBindings } from './remove.ts';
import { planWriting } from './write.ts';

function read(text: string): Runbook {
	const reading = readRunbook(text);
	if (!reading.ok) throw new Error('expected a document that can be read');
	return reading.runbook;
}

/** The model without what writing may change: bindings, comments, and where lines are. */
function bare(runbook: Runbook): unknown {
	const dropped = new Set(['bindings', 'comments', 'line', 'endLine', 'lineCount']);
	const owners = runbook.owners.filter(({ kind }) => kind !== 'comment').map(({ kind, address }) => `${kind} ${address}`);
	return JSON.parse(
		JSON.stringify({ ...runbook, owners: owners.filter((owner, index) => owner !== owners[index - 1]) }, (key, value) =>
			dropped.has(key) ? undefined : value,
		),
	);
}

/** One proposal for every node that can carry one. */
function proposeForAll(runbook: Runbook): readonly Proposal[] {
	return listBindable(runbook)
		.filter((node) => node.kind !== 'fence')
		.map((node) => ({
			address: node.address,
			line: node.line,
			binding: bindingOf('check', 'http.page', { text: `${node.kind}: "a|b" -->` }, { rule: 'B1', certainty: 'certain' }),
		}));
}

describe('writing to any document', () => {
	it('W6 and W8: the model stays the same, each binding is read back at its address, twice is once, and taking out gives the bytes back', () => {
		let written = 0;
		let unwritable = 0;
		fc.assert(
			fc.property(documents, (text) => {
				const before = read(text);
				const proposals = proposeForAll(before);
				const plan = planWriting(text, before, proposals);
				written += plan.written.length;
				unwritable += plan.unwritable.length;
				const after = read(plan.text);
				expect(bare(after)).toEqual(bare(before));
				const nodes = new Map(listBindable(distributeFenceBindings(after)).map((node) => [node.address, node.bindings]));
				for (const { address, binding } of plan.written)
					expect(
						nodes.get(address)?.some((own) => isSameBinding(own, binding)),
						address,
					).toBe(true);
				expect(planWriting(plan.text, after, plan.written).text).toBe(plan.text);
				expect(removeBindings(plan.text)).toBe(text);
			}),
			{ numRuns: 400 },
		);
		expect(written).toBeGreaterThan(1_000);
		expect(unwritable).toBeLessThan(written / 5);
	});
});
