/**
 * The published shape of `holdfast runbook show --json`, as a schema. The compiler keeps it equal to the model:
 * a field that is added there and not here, or the other way round, is a type error in the test. Fields are only ever added.
 */
import type { Step } from '@holdfast/runbook/model';
import { z } from 'zod';

const located = {
	address: z.string().describe('Heading path and the words of the node as slugs; stable while other places of the document change.'),
	line: z.int().describe('1-based, in the file; of a fence its opening line.'),
	endLine: z.int(),
};
const words = z.record(z.string(), z.string());
const effect = z
	.enum(['output', 'template', 'read', 'local-write', 'write', 'destructive', 'block', 'unknown'])
	.describe('How much it changes; unknown is never safe.');

const binding = z
	.object({
		kind: z.enum(['check', 'action', 'task', 'person', 'cause', 'ignore']),
		id: z.string().describe('Name in the catalogue, for example http.health; of cause the number.'),
		params: words,
		rule: z.string().describe('Rule of a proposal; directive or sidecar where declared.'),
		certainty: z.enum(['declared', 'certain', 'likely', 'guess']),
	})
	.meta({ id: 'Binding' });
const bindings = z.array(binding);
const line = z.object({ ...located, text: z.string(), bindings }).meta({ id: 'Line' });

const commandKind = z.enum(['shell', 'sql', 'promql', 'console', 'http', 'template', 'output', 'config', 'other']);
const command = z
	.object({
		kind: commandKind,
		source: z.string(),
		line: z.int(),
		argv: z.array(z.string()),
		env: words,
		variables: z.array(z.string()),
		placeholders: z.array(
			z.object({
				text: z.string(),
				form: z.enum(['bracket', 'angle', 'brace', 'mustache', 'your', 'example-host', 'todo', 'date', 'phone', 'ellipsis']),
			}),
		),
		parts: z.array(z.object({ argv: z.array(z.string()), env: words, operator: z.enum(['|', '&&', '||', ';', '&']).nullable(), effect })),
		effect,
		hazards: z.array(z.object({ class: z.string(), why: z.string() })),
		refused: z.string().nullable().describe('Why it will not be run as it stands; null when it can be asked for.'),
		interactive: z.boolean(),
		unbounded: z.boolean(),
		label: z.string().nullable(),
	})
	.meta({ id: 'Command' });

const comparison = z.enum(['<', '<=', '>', '>=', '=']);
const expectation = z
	.discriminatedUnion('kind', [
		z.object({ kind: z.literal('status'), status: z.number(), text: z.string() }),
		z.object({ kind: z.literal('exit'), code: z.number(), text: z.string() }),
		z.object({ kind: z.literal('json'), value: z.unknown(), text: z.string() }),
		z.object({ kind: z.literal('contains'), value: z.string(), text: z.string() }),
		z.object({
			kind: z.literal('compare'),
			metric: z.string(),
			operator: comparison,
			value: z.number(),
			unit: z.string(),
			text: z.string(),
		}),
		z.object({ kind: z.literal('text'), text: z.string() }),
	])
	.meta({ id: 'Expect' });

const step: z.ZodType<Step, Step> = z.object({
	...located,
	text: z.string(),
	lead: z.string().nullable(),
	condition: z.string().nullable(),
	form: z.enum(['item', 'heading', 'code', 'comment', 'prose']),
	marker: z.enum(['number', 'bullet']).nullable(),
	get substeps(): z.ZodArray<z.ZodType<Step, Step>> {
		return z.array(step);
	},
	commands: z.array(command),
	expects: z.array(expectation),
	links: z.array(z.object({ label: z.string(), url: z.string() })),
	envs: z.array(z.string()),
	paths: z.array(z.string()),
	warns: z.array(z.string()),
	changes: z.enum(['none', 'write', 'destructive']),
	bindings,
});
// By the registry: a chained call would copy the schema, and its substeps would be of the other copy.
z.globalRegistry.add(step, { id: 'Step' });

const issue = z.object({
	...located,
	title: z.string(),
	severity: z.string().nullable(),
	alert: words.nullable(),
	meaning: z.array(line),
	impact: z.array(line),
	symptoms: z.array(line),
	causes: z.array(line),
	steps: z.array(step),
	procedures: z.array(z.string()).describe('Addresses of the procedures that belong to it.'),
	verify: z.array(line),
	prevention: z.array(line),
	source: z.enum(['heading', 'document', 'table_row']),
});

const procedure = z.object({
	...located,
	title: z.string(),
	role: z.enum([
		'diagnose',
		'resolve',
		'immediate',
		'emergency',
		'rollback',
		'deploy',
		'restore',
		'maintenance',
		'verify',
		'escalate',
		'communicate',
		'other',
	]),
	form: z.enum(['ol', 'ul', 'step-headings', 'code', 'mixed', 'prose']),
	issue: z.string().nullable(),
	when: z.array(line),
	prerequisites: z.array(line),
	steps: z.array(step),
	branches: z.boolean(),
});

const checklist = z.object({
	...located,
	title: z.string(),
	kind: z.enum(['recurring', 'monitoring', 'other']),
	period: z
		.enum(['hourly', 'daily', 'weekly', 'biweekly', 'monthly', 'quarterly', 'yearly'])
		.nullable()
		.describe('Null for monitoring and other lists.'),
	items: z.array(
		z.object({
			...located,
			text: z.string(),
			bindings,
			done: z.boolean().nullable(),
			threshold: z.object({ metric: z.string(), operator: comparison, value: z.number(), unit: z.string() }).exactOptional(),
		}),
	),
});

const contact = z.object({
	...located,
	name: z.string(),
	scope: z.enum(['internal', 'external', 'emergency', 'vendor']),
	channels: z.array(
		z.object({
			kind: z.enum(['email', 'phone', 'slack', 'url', 'handle', 'pager', 'placeholder', 'text']),
			value: z.string(),
			placeholder: z.boolean(),
		}),
	),
	bindings,
});

const fence = z.object({
	...located,
	lang: z.string(),
	kind: commandKind,
	runnable: z.boolean().describe('Syntax only: holds at least one shell command line.'),
	refused: z.string().nullable(),
	effect,
	commentOnly: z.boolean(),
	commands: z.array(command),
	content: z.string(),
	bindings,
});

export const shownRunbookSchema = z
	.object({
		title: z.string(),
		meta: words,
		sections: z.array(z.object({ ...located, title: z.string(), level: z.int(), role: z.string(), attributes: words })),
		issues: z.array(issue),
		procedures: z.array(procedure),
		checklists: z.array(checklist),
		contacts: z.array(contact),
		fences: z.array(fence),
		commands: z.array(z.object({ ...located, label: z.string(), command, bindings })),
		urls: z.array(
			z.object({
				...located,
				label: z.string(),
				url: z.string(),
				kind: z.enum(['app', 'health', 'dashboard', 'status', 'docs', 'repo', 'placeholder']),
				bindings,
			}),
		),
		rollback: z.boolean(),
		inert: z.array(
			z.object({ ...located, reason: z.enum(['toc', 'template', 'changelog', 'references', 'architecture', 'sample-output']) }),
		),
		comments: z.array(z.object({ text: z.string(), line: z.int(), column: z.int(), endLine: z.int(), alone: z.boolean() })),
		owners: z.array(
			z.object({
				line: z.int(),
				endLine: z.int(),
				kind: z.enum([
					'meta',
					'heading',
					'label',
					'symptom',
					'cause',
					'line',
					'step',
					'item',
					'contact',
					'command',
					'url',
					'fence',
					'table',
					'issue',
					'comment',
					'definition',
					'rule',
					'callout',
					'inert',
					'prose',
				]),
				address: z.string(),
			}),
		),
		unowned: z.array(z.int()).describe('Non-blank lines that belong to no node: always empty.'),
		lineCount: z.int(),
	})
	.meta({ title: 'holdfast runbook show --json', description: 'Fields are only ever added.' });

/** The published JSON schema (draft 2020-12), as plain data; other fields are allowed, because they may be added. */
export function generateShowSchema(): Record<string, unknown> {
	return z.toJSONSchema(shownRunbookSchema, { io: 'input' }) as Record<string, unknown>;
}
