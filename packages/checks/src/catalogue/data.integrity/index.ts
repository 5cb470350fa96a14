import { z } from 'zod';
import type { Finding, Outcome } from '../../contract.ts';
import { describeSilence } from '../../convex/describe-silence.ts';
import { readAdminDeployment } from '../../convex/read-deployment.ts';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import type { ConvexInspection } from '../../vendors.ts';
import { countFact, countFacts, describeReach, judgeCount, judgeTable, readRefs } from './judge-data.ts';

export const dataIntegrity = defineCheck({
	id: 'data.integrity',
	title: 'The data are whole',
	question: 'Are documents gone, of the wrong form, or referring to what does not exist?',
	explains:
		'Reads the newest `sample` documents of each table of the Convex deployment (at most 40 tables), compares them with the schema that is deployed, follows the ids that they hold, and compares the number of documents with what was seen in the last `hours`. It says how many it looked at of how many; the documents themselves are kept nowhere. ok: all of that fits. warn: a document does not fit the schema, a reference leads nowhere, or `drop` percent (50) of a table with 20 documents or more are gone. fail: 90 percent of a table are gone, or every one of 20 or more references of a field leads nowhere. Tables that shrink by design stand in `ignore`. unknown: no key, no answer, or no documents could be looked at.',
	requires: [
		'`convex: {url: …, adminKey: …}` in holdfast.yaml; a key with deployment:data:view is enough',
		'a history, for the counts: it begins with the first run',
	],
	needs: ['convex.reachable'],
	params: z.object({
		sample: z.int().min(1).max(1000).default(200).meta({ description: 'Newest documents of each table to look at', example: 'sample=200' }),
		drop: z
			.int()
			.min(1)
			.max(100)
			.default(50)
			.meta({ description: 'Share of a table gone from which it warns, in percent', example: 'drop=50' }),
		hours: z.int().min(1).max(720).default(24).meta({ description: 'How far back counts are compared, in hours', example: 'hours=24' }),
		refs: z
			.string()
			.refine((text) => readRefs(text) !== null, 'expected table.field:table, several with commas between')
			.optional()
			.meta({ description: 'References besides those that the schema declares', example: 'refs=orders.buyer:users' }),
		ignore: z
			.string()
			.regex(/^\w+(?:,\w+)*$/, 'expected names of tables with commas between')
			.optional()
			.meta({ description: 'Tables whose number of documents does not matter', example: 'ignore=sessions' }),
	}),
	deadlineMs: 9800,
	run: async (context, { sample, drop, hours, refs, ignore }): Promise<Outcome> => {
		const admin = await readAdminDeployment(context);
		if (admin.kind === 'none') return admin.outcome;
		const { target, subject } = admin;
		const asked = { sample, refs: refs === undefined ? [] : (readRefs(refs) ?? []) };
		const verdict = await context.vendors.convex.inspectData(target, asked, context.signal);
		if (verdict.kind === 'no-answer')
			return { ...describeSilence(verdict, { vendor: 'Convex', setting: 'convex.adminKey', right: 'deployment:data:view' }), subject };
		const { tables } = verdict.value;
		const facts = countFacts(tables);
		const looked = tables.reduce((sum, table) => sum + table.looked, 0);
		if (tables.length === 0)
			return {
				state: 'unknown',
				reason: 'The deployment has no tables, so there are no data to look at',
				enable: 'holdfast check convex.url, if it should have some',
				subject,
			};
		if (looked === 0 && tables.some(({ count }) => count !== 0))
			return {
				state: 'unknown',
				reason: 'No document could be looked at',
				enable: 'give the key of the configuration the right to read data (deployment:data:view)',
				subject,
			};
		const ignored = new Set(ignore?.split(','));
		const bounds = { drop, now: context.now(), withinMs: hours * 3_600_000 };
		const histories = await Promise.all(tables.map(({ table }) => context.history.readFact(countFact(table))));
		const shrunk = tables.flatMap(({ table, count }, index): readonly Finding[] => {
			const samples = histories[index] ?? null;
			if (count === null || samples === null || ignored.has(table)) return [];
			const finding = judgeCount(table, count, samples, bounds);
			return finding === null ? [] : [finding];
		});
		const findings = [...shrunk, ...tables.flatMap(judgeTable)];
		const state = stateOf(findings);
		const reach = describeReach(verdict.value);
		const compared = histories.some((samples) => samples !== null && samples.length > 0);
		const kept = histories.some((samples) => samples !== null);
		const counts = compared
			? ''
			: kept
				? '; counts are compared from the next look on'
				: '; no history is kept, so counts are not compared';
		return {
			state,
			reason: state === 'ok' ? `Nothing is amiss: ${reach}${counts}` : `${summariseFindings(findings)}; ${reach}${counts}`,
			findings,
			facts,
			subject,
			evidence: [showTables(verdict.value)],
			measurements: [
				{ name: 'documents looked at', value: looked, unit: 'count' },
				{
					name: 'misfits',
					value: tables.reduce((sum, { invalid }) => sum + invalid.reduce((all, { documents }) => all + documents, 0), 0),
					unit: 'count',
				},
				{
					name: 'dangling references',
					value: tables.reduce((sum, { references }) => sum + references.reduce((all, { dangling }) => all + dangling, 0), 0),
					unit: 'count',
				},
			],
		};
	},
});

function showTables({ tables }: ConvexInspection) {
	const lines = tables.map(({ table, count, looked, invalid, references }) =>
		[
			table,
			`${looked} of ${count ?? 'not counted'} looked at`,
			...(invalid.length === 0 ? [] : [`${invalid.length} fields do not fit`]),
			...references.map(
				({ field, to, looked: ids, dangling, undecided }) => `${field} → ${to}: ${ids - undecided - dangling} of ${ids} found`,
			),
		].join('  '),
	);
	return { title: 'Tables', kind: 'table' as const, body: lines.join('\n') };
}
