import { afterEach, describe, expect, it } from 'vitest';
import { bakeryRunbook } from '../../fixtures/bakery-runbook.ts';
import { type Answer, type Application, findClosedUrl, startApplication } from '../../fixtures/start-application.ts';
import { createTestContext } from '../../fixtures/test-context.ts';
import { diagnoseService } from './diagnose.ts';

let application: Application | null = null;
afterEach(async () => {
	await application?.close();
	application = null;
});

async function serve(answers: Readonly<Record<string, Answer>> = {}): Promise<string> {
	application = await startApplication(answers);
	return application.url;
}

function ask(url: string, symptom?: string, text = bakeryRunbook) {
	const ctx = createTestContext({ files: { 'RUNBOOK.md': text }, now: Date.now });
	return diagnoseService(ctx, { url, runbook: 'RUNBOOK.md', symptom });
}

describe('diagnoseService', () => {
	it('finds nothing wrong with a healthy application, and judges every cause', async () => {
		const { diagnosis, basis } = await ask(await serve());
		expect(diagnosis.roots).toEqual([]);
		expect(basis).toBe('runbook');
		expect(diagnosis.issues.map(({ title, causes }) => [title, causes.length])).toEqual([
			['Shop Not Loading', 2],
			['Login Not Working', 1],
		]);
		// Its files cannot be read from outside: a build that is whole over HTTP may still lack what no page has asked for.
		expect(diagnosis.issues[0]?.causes.find(({ text }) => text === 'Build errors')).toMatchObject({
			verdict: 'could-not-tell',
			enable: expect.stringContaining('checkout'),
		});
		expect(diagnosis.issues[0]?.causes.find(({ text }) => text === 'The baker overslept')?.verdict).toBe('could-not-tell');
	});

	it('names the cause when the main script is empty', async () => {
		const url = await serve({
			'/_next/static/chunks/main-0a1b2c3d4e5f.js': (_request, response) =>
				response.writeHead(200, { 'content-type': 'text/javascript' }).end(),
		});
		const { diagnosis, alternatives } = await ask(url, 'blank page');
		expect(diagnosis.asked).toMatchObject({ text: 'blank page', matched: 'Blank page or error page', line: 10 });
		expect(alternatives.every(({ line }) => line > 0)).toBe(true);
		expect(diagnosis.issues).toHaveLength(1);
		expect(diagnosis.roots[0]?.causes).toMatchObject([{ text: 'Build errors' }]);
		expect(diagnosis.issues[0]?.causes[0]).toMatchObject({ text: 'Build errors', verdict: 'confirmed' });
	});

	it('names a redirect loop that a proxy makes', async () => {
		const url = await serve({ '*': (request, response) => response.writeHead(307, { location: request.url ?? '/' }).end() });
		const { diagnosis } = await ask(url, 'endless redirects when I log in');
		expect(diagnosis.asked?.matched).toBe('Redirect loops');
		expect(diagnosis.roots.map(({ code }) => code)[0]).toMatch(/^redirect\./);
	});

	it('says one root cause and no echoes where nothing listens', async () => {
		const { diagnosis } = await ask(await findClosedUrl());
		expect(diagnosis.roots).toHaveLength(1);
		expect(diagnosis.roots[0]?.message).toContain('refused');
		expect(diagnosis.issues.flatMap(({ causes }) => causes).filter(({ verdict }) => verdict === 'confirmed')).toEqual([]);
	});

	it('lists the symptoms when the words fit none', async () => {
		await expect(ask('http://127.0.0.1:1', 'xyzzy plugh')).rejects.toMatchObject({
			code: 'not_found',
			message: 'none of these lines of RUNBOOK.md fits "xyzzy plugh"',
			problems: expect.arrayContaining([expect.objectContaining({ file: 'RUNBOOK.md', line: 10, message: '· Blank page or error page' })]),
		});
	});

	it('leaves wrong directives out, reports them, and answers the rest', async () => {
		const text = bakeryRunbook
			.replace('- Timeout errors', '- Timeout errors <!-- check: http.latencyy -->')
			.replace('1. Cookie issues', '1. Cookie issues <!-- check: http.status path=nowhere -->');
		const { diagnosis, problems } = await ask(await serve(), undefined, text);
		expect(problems.map(({ message }) => message).join('\n')).toContain('http.latencyy');
		expect(diagnosis.observations.length).toBeGreaterThan(3);
	});

	it('reports each wrong directive, none twice', async () => {
		const text = bakeryRunbook
			.replace('- Timeout errors', '- Timeout errors <!-- check: http.latencyy -->')
			.replace('1. Cookie issues', '1. Cookie issues <!-- check: http.status path=nowhere -->');
		const messages = (await ask(await serve(), undefined, text)).problems.map(({ message }) => message);
		expect(messages.some((message) => message.includes('http.latencyy'))).toBe(true);
		expect(messages.some((message) => message.includes('path=nowhere') || message.includes('nowhere'))).toBe(true);
		expect(new Set(messages).size).toBe(messages.length);
	});

	it('asks what fits any application when no line is bound', async () => {
		const { basis, diagnosis } = await ask(await serve(), undefined, '# Bakery\n\nCall Ben.\n');
		expect(basis).toBe('general');
		expect(diagnosis.observations.length).toBeGreaterThan(10);
		expect(diagnosis.roots).toEqual([]);
	});

	it('says how many checks were planned and which have answered', async () => {
		const seen: string[] = [];
		const ctx = createTestContext({ files: { 'RUNBOOK.md': bakeryRunbook }, now: Date.now });
		const url = await serve();
		const report = await diagnoseService(ctx, {
			url,
			runbook: 'RUNBOOK.md',
			onPlanned: (count) => seen.push(`planned ${count > 0}`),
			onProgress: ({ latest }) => seen.push(latest.check),
		});
		expect(seen[0]).toBe('planned true');
		expect(seen.length).toBe(report.diagnosis.observations.length + 1);
	});
});
