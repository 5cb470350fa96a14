import { describe, expect, it } from 'vitest';
import type { Runbook } from './model.ts';
import { readRunbook } from './read.ts';

function read(text: string): Runbook {
	const result = readRunbook(text);
	if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join('; '));
	return result.runbook;
}

const issue = `# Bakery runbook

## Contents

1. [Known problems](#known-problems)
2. [Contacts](#contacts)

## Known problems

### Oven page is blank

**What you see**: nothing
**Symptoms**:
- White page
- 502 Bad Gateway

**Likely causes**:
1. Missing script
2. Worker stopped

**How to fix it**:

1. **Look at the health route**:
   \`\`\`bash
   curl https://bakery.example/api/health
   \`\`\`
   Should return \`{"status":"ok"}\`

2. **Look at the worker**:
   - Check that \`OVEN_KEY\` is set
   - Restart the worker
`;

describe('issues', () => {
	it('I1 reads symptoms, causes and steps by their labels, not by their list markers', () => {
		const [found] = read(issue).issues;
		expect(found?.title).toBe('Oven page is blank');
		expect(found?.line).toBe(10);
		expect(found?.symptoms.map((line) => line.text)).toEqual(['nothing', 'White page', '502 Bad Gateway']);
		expect(found?.causes.map((line) => line.text)).toEqual(['Missing script', 'Worker stopped']);
		expect(found?.steps.map((step) => [step.lead, step.substeps.length, step.commands.length])).toEqual([
			['Look at the health route', 0, 1],
			['Look at the worker', 2, 0],
		]);
	});

	it('I1 takes the expectation from the sentence below the command', () => {
		expect(read(issue).issues[0]?.steps[0]?.expects[0]).toMatchObject({ kind: 'json', value: { status: 'ok' } });
	});

	it('R2 leaves the table of contents out of the steps', () => {
		const runbook = read(issue);
		expect(runbook.inert.map((part) => part.reason)).toEqual(['toc']);
		expect(runbook.procedures).toHaveLength(1);
	});

	it('I2 takes a whole file as one alert when its headings are the fields', () => {
		const [found] = read(
			'# DiskAlmostFull\n\n## Meaning\n\nThe disk fills.\n\n## Impact\n\nNo writes.\n\n## Diagnosis\n\nLook:\n\n```sh\ndf -h /var\n```\n\n## Mitigation\n\n1. Remove old images\n',
		).issues;
		expect(found).toMatchObject({ title: 'DiskAlmostFull', source: 'document' });
		expect(found?.procedures).toHaveLength(2);
	});

	it('I4 reads fields written as bullets below a typed heading', () => {
		const [found] = read(
			'# Alerts\n\n##### Alert Name: "QueueStuck"\n+ *Message*: `the queue does not move`\n+ *Severity*: critical\n',
		).issues;
		expect(found).toMatchObject({ title: 'QueueStuck', severity: 'critical' });
		expect(found?.meaning.map((line) => line.text)).toEqual(['the queue does not move']);
	});

	it('I5 makes each row of an error table an issue', () => {
		const { issues } = read(
			'# Help\n\n## Errors\n\n| Error | Cause | Fix |\n|---|---|---|\n| E42 | no flour | Order flour |\n| E43 | `a|b` | Wait |\n',
		);
		expect(issues.map((row) => [row.title, row.source, row.causes[0]?.text])).toEqual([
			['E42', 'table_row', 'no flour'],
			['E43', 'table_row', expect.any(String)],
		]);
	});
});

describe('procedures', () => {
	it('P2 joins a list that an unindented fence split', () => {
		const [procedure] = read(
			'# Oven\n\n## Restart the oven\n\n1. Log in\n2. Stop it\n\n```bash\nsystemctl stop oven\n```\n\n3. Clean it\n4. Start it\n',
		).procedures;
		expect(procedure?.steps.map((step) => step.text)).toEqual(['Log in', 'Stop it', 'Clean it', 'Start it']);
		expect(procedure?.steps[1]?.commands[0]?.argv).toEqual(['systemctl', 'stop', 'oven']);
	});

	it('P4 splits a fence at its numbered comments', () => {
		const [procedure] = read(
			'# Oven\n\n## Quick check\n\n```bash\n# 1. Is it up?\ncurl -I https://oven.example\n\n# 2. Is there gas?\n# Look at the dial\n```\n',
		).procedures;
		expect(procedure?.steps.map((step) => [step.form, step.commands.length])).toEqual([
			['comment', 1],
			['comment', 0],
		]);
	});

	it('P16 and P17 read the bullets of an issue that hold commands, marked or not', () => {
		const [issue] = read(
			'# Oven\n\n## Known problems\n\n### Oven is cold\n\n* You see no flame\n* Then run `kubectl delete pvc --all`\n* rm -rf /var/lib/data\n',
		).issues;
		expect(issue?.steps.flatMap((step) => step.commands.map((command) => [command.argv[0], command.effect]))).toEqual([
			['kubectl', 'block'],
			['rm', 'block'],
		]);
	});

	it('P7 makes ordinal headings the steps of one procedure', () => {
		const [procedure] = read(
			'# Oven\n\n## Cleaning\n\n### Step 1: Gather tools\n\n1. Brush\n2. Bucket\n\n### Step 2: Clean\n\n1. Scrub\n',
		).procedures;
		expect(procedure).toMatchObject({ title: 'Cleaning', form: 'step-headings' });
		expect(procedure?.steps.map((step) => [step.text, step.substeps.length])).toEqual([
			['Gather tools', 2],
			['Clean', 1],
		]);
	});

	it('P8 names "Immediate actions" and "Rollback steps" after the section they stand in', () => {
		const { procedures, rollback } = read(
			'# Oven\n\n## Emergency procedures\n\n### Fire\n\n**Immediate Actions**:\n\n1. Call for help\n2. Leave\n\n## Rollback\n\n### When to roll back\n\n- Burnt bread\n- Smoke\n\n### Rollback steps\n\n1. Find the last recipe\n2. Load it\n',
		);
		expect(procedures.map((procedure) => [procedure.title, procedure.role, procedure.when.length])).toEqual([
			['Fire', 'emergency', 0],
			['Rollback', 'rollback', 2],
		]);
		expect(rollback).toBe(true);
	});

	it('R7 does not take a metadata field for a rollback', () => {
		expect(read('# Oven\n\n## Rollback Process Type\n\nManual\n').rollback).toBe(false);
	});

	it('P1 leaves ordered descriptions alone', () => {
		expect(read('# Oven\n\n## Key points to note\n\n1. The oven is hot.\n2. The door should be closed.\n').procedures).toHaveLength(0);
	});
});

describe('checklists, contacts, references', () => {
	it('Q1 reads recurring and monitoring lists with their period and threshold', () => {
		const { checklists } = read(
			'# Oven\n\n## Maintenance tasks\n\n### Daily\n\n- [ ] Sweep\n- [x] Wipe\n\n## Monitoring checklist\n\n### Heat\n\n- [ ] Uptime > 99.9%\n',
		);
		expect(checklists.map((list) => [list.title, list.kind, list.period, list.items.map((item) => item.done)])).toEqual([
			['Daily', 'recurring', 'daily', [false, true]],
			['Heat', 'monitoring', null, [false]],
		]);
		expect(checklists[1]?.items[0]?.threshold).toEqual({ metric: 'Uptime', operator: '>', value: 99.9, unit: '%' });
	});

	it('Q1 does not count task items inside a template', () => {
		expect(read('# Oven\n\n## Report template\n\n```markdown\n- [ ] Filled in\n```\n').checklists).toHaveLength(0);
	});

	it('K1 reads contacts with their channels and tells placeholders', () => {
		const { contacts } = read(
			'# Oven\n\n## Contacts\n\n### On call\n\n- **Baker**: [Contact Info]\n- **Miller**: miller@mill.example, #mill\n\n### Vendors\n\n| Vendor | Phone |\n|---|---|\n| Gas works | +44 20 7946 0000 |\n',
		);
		expect(contacts.map((contact) => [contact.name, contact.channels.map((channel) => [channel.kind, channel.placeholder])])).toEqual([
			['Baker', [['placeholder', true]]],
			[
				'Miller',
				[
					['email', expect.any(Boolean)],
					['slack', false],
				],
			],
			['Gas works', [['phone', expect.any(Boolean)]]],
		]);
	});

	it('U1 reads useful commands and URLs', () => {
		const { commands, urls } = read(
			'# Oven\n\n## Useful commands\n\n```bash\n# Build\nnpm run build\n# Types\nnpm run typecheck\n```\n\n## Useful URLs\n\n- Shop: https://oven.example\n- Dashboard: [Platform-specific]\n',
		);
		expect(commands.map((ref) => [ref.label, ref.command.argv.join(' ')])).toEqual([
			['Build', 'npm run build'],
			['Types', 'npm run typecheck'],
		]);
		expect(urls.map((ref) => [ref.label, ref.kind])).toEqual([
			['Shop', 'app'],
			['Dashboard', 'placeholder'],
		]);
	});
});

describe('the text itself', () => {
	it('S1 reads CRLF, a byte order mark and the last line without its end alike', () => {
		const plain = read(issue);
		for (const text of [`\uFEFF${issue}`, issue.replaceAll('\n', '\r\n'), issue.trimEnd()]) {
			expect(read(text).issues).toEqual(plain.issues.map((found) => ({ ...found, endLine: expect.any(Number) })));
		}
	});

	it('S2 reads front matter and keeps its lines', () => {
		const runbook = read('---\ntitle: Oven\nowner: bakers\n---\n\nText.\n');
		expect(runbook.title).toBe('Oven');
		expect(runbook.meta).toMatchObject({ owner: 'bakers' });
		expect(runbook.owners[0]).toMatchObject({ line: 1, endLine: 4, kind: 'meta' });
	});

	it('S2 warns of front matter that is no YAML and reads the document all the same', () => {
		const result = readRunbook('---\ntitle: "Oven\nowner: x: y: z\n---\n\n# Oven\n');
		expect(result.ok && result.warnings.map((warning) => warning.rule)).toEqual(['S2']);
	});

	it('S3 reads the body of an admonition as Markdown', () => {
		const runbook = read('# Oven\n\n!!! warning "Hot"\n    Do not touch.\n\nText.\n');
		expect(runbook.owners.find((owner) => owner.line === 3)?.kind).toBe('callout');
		expect(runbook.unowned).toEqual([]);
	});

	it('S5 closes a fence that was left open at the next heading, and says so', () => {
		const result = readRunbook('# Oven\n\n## Check\n\n```bash\nls\n\n## Next\n\n1. Stop it\n');
		expect(result.ok && result.warnings.map((warning) => [warning.rule, warning.line])).toEqual([['S5', 5]]);
		expect(result.ok && result.runbook.sections.map((section) => section.title)).toEqual(['Oven', 'Check', 'Next']);
	});

	it('S0 refuses what is no text', () => {
		expect(readRunbook(new Uint8Array([0xff, 0xfe, 0x00]))).toMatchObject({ ok: false });
		expect(readRunbook('a\u0000b')).toMatchObject({ ok: false });
	});

	it('A1 keeps addresses when other places change', () => {
		const before = read(issue);
		const after = read(issue.replace('# Bakery runbook\n', '# The bakery\n\nWelcome.\n\n## Overview\n\n- bread\n'));
		expect(after.issues.map((found) => found.address)).toEqual(before.issues.map((found) => found.address));
		expect(after.issues[0]?.steps.map((step) => step.address)).toEqual(before.issues[0]?.steps.map((step) => step.address));
	});

	it('reads right-to-left and non-Latin text, setext headings and reference links', () => {
		const runbook = read('מאפייה\n======\n\nבדיקות\n------\n\n1. [לוח][d]\n2. 再起動する\n\n[d]: https://grafana.example/d\n');
		expect(runbook.sections.map((section) => section.title)).toEqual(['מאפייה', 'בדיקות']);
		expect(runbook.unowned).toEqual([]);
		expect(runbook.owners.at(-1)?.kind).toBe('definition');
	});

	it('loads lists that are longer than a call may have arguments', () => {
		const many = Array.from({ length: 150_000 }, (_, index) => `- a${index}`).join('\n');
		expect(read(`# Oven\n\n## Known problems\n\n### Cold\n\n**Symptoms**:\n\n${many}\n`).issues[0]?.symptoms).toHaveLength(150_000);
		expect(read(`# Oven\n\n## Restart the oven\n\n${many.replaceAll('- a', '1. Stop a')}\n`).procedures[0]?.steps).toHaveLength(150_000);
	}, 60_000);

	it('loads an empty document', () => {
		expect(read('')).toMatchObject({ title: '', issues: [], unowned: [] });
	});
});
