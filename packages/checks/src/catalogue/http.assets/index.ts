import { z } from 'zod';
import { defineCheck } from '../../define-check.ts';
import { formatBytes } from '../../outcome/show-response.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { type FetchedAsset, maxAssetBytes, readAssets } from '../../page/read-assets.ts';
import { resolvePath } from '../../page/read-page.ts';
import { pathParam } from '../../params.ts';
import { redactUrl } from '../../probe/redact.ts';
import { judgeAsset } from './judge-asset.ts';

export const httpAssets = defineCheck({
	id: 'http.assets',
	title: 'The page’s scripts and styles arrive whole',
	question: 'Does the build hold all the files that its pages ask for?',
	explains:
		'Fetches every script and style sheet that the page’s HTML names on the service’s own hosts (at most 60). ok: each answers 200 with the right type and content. fail: one is missing (the mark of a broken or mixed build), empty, an HTML page in disguise, or of a type that browsers refuse. warn: an empty style sheet, or a file only for very old browsers. unknown: the page itself could not be read, or a file is longer than 8 MiB (10 MiB unpacked), so that its end was not seen. Files on other hosts are counted, not fetched, unless in `allowHosts`.',
	requires: ['`allowHosts` for a CDN of your own'],
	needs: ['http.redirects', 'http.status'],
	params: z.object({ path: pathParam('/', 'Path of the page whose files are looked at') }),
	deadlineMs: 9800,
	run: async (context, { path }) => {
		const subject = redactUrl(resolvePath(context.service.url, path));
		const read = await readAssets(context, path);
		if (read.kind === 'no-page') return { state: 'unknown', reason: read.reason, enable: 'holdfast check http.status', subject };
		const findings = read.fetched.flatMap((fetched) => judgeAsset(fetched) ?? []);
		const untold = read.fetched.filter(({ result }) =>
			result.kind === 'failure' ? result.says === 'unknown' : result.status === 429,
		).length;
		const bytes = read.fetched.reduce((sum, { result }) => sum + (result.kind === 'response' ? result.wireBytes : 0), 0);
		const notes = [
			...(read.elsewhere.length > 0 ? [`${read.elsewhere.length} on other hosts not looked at`] : []),
			...(read.skipped > 0 ? [`${read.skipped} more not looked at`] : []),
		];
		const measured = {
			subject,
			findings,
			measurements: [
				{ name: 'files', value: read.fetched.length, unit: 'count' as const },
				{ name: 'transferred', value: bytes, unit: 'bytes' as const },
			],
			evidence: read.fetched.length === 0 ? [] : [{ title: `Files of ${path}`, kind: 'table' as const, body: showFiles(read.fetched) }],
		};
		if (findings.length > 0 && stateOf(findings) !== 'ok')
			return { ...measured, state: stateOf(findings), reason: summariseFindings(findings) };
		if (untold > 0)
			return {
				...measured,
				state: 'unknown',
				reason: `${untold} of ${read.fetched.length} files of ${path} could not be looked at`,
				enable: 'give it more time, or lift the rate limit for this check',
			};
		const cut = read.fetched.flatMap(({ asset, result }) => (result.kind === 'response' && result.cut !== null ? [{ asset, result }] : []));
		if (cut[0] !== undefined) {
			const more = cut.length === 1 ? '' : ` (and ${cut.length - 1} more)`;
			return {
				...measured,
				state: 'unknown',
				reason: `${new URL(cut[0].asset.url).pathname} is longer than this check reads: what came is well, and nothing is known of what follows after ${formatBytes(cut[0].result.cut?.limitBytes ?? maxAssetBytes)}${more}`,
				enable: `make the file smaller than ${formatBytes(cut[0].result.cut?.limitBytes ?? maxAssetBytes)}; browsers wait for all of it as well`,
			};
		}
		if (read.doubt !== null) return { ...measured, state: 'unknown', reason: read.doubt, enable: `holdfast check http.page path=${path}` };
		if (read.fetched.length === 0 && read.elsewhere.length > 0) {
			return {
				...measured,
				state: 'unknown',
				reason: `All ${read.elsewhere.length} scripts and styles of ${path} are on other hosts`,
				enable: `add ${new URL(read.elsewhere[0]?.url ?? read.pageUrl).hostname} to allowHosts`,
			};
		}
		const what =
			read.fetched.length === 0
				? `${path} names no scripts or styles`
				: `All ${read.fetched.length} scripts and styles of ${path} arrive (${formatBytes(bytes)})`;
		return { ...measured, state: 'ok', reason: [what, ...notes].join('; ') };
	},
});

function showFiles(fetched: readonly FetchedAsset[]): string {
	return fetched
		.map(({ asset, result }) => {
			const answer =
				result.kind === 'failure'
					? result.code
					: `${result.status}  ${result.body.length} bytes${result.cut === null ? '' : ' and more'}  ${result.headers['content-type'] ?? 'no type'}`;
			return `${new URL(asset.url).pathname}  ${answer}`;
		})
		.join('\n');
}
