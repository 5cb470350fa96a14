/** Whether a script or style of a page is what it should be. Pure. */
import type { Finding } from '../../contract.ts';
import type { FetchedAsset } from '../../page/read-assets.ts';

const rebuild =
	'build and deploy again, keeping the files of the build together; look at whether old pages are cached longer than their scripts';

/** @returns the first thing that is wrong with it, or null. */
export function judgeAsset({ asset, result }: FetchedAsset): Finding | null {
	const name = new URL(asset.url).pathname;
	const what = asset.kind === 'script' ? 'script' : 'style sheet';
	// Nothing but very old browsers loads these: a page works without them.
	const severity = asset.legacy ? 'warn' : 'fail';
	if (result.kind === 'failure') {
		if (result.says === 'unknown') return null;
		return { code: 'assets.broken', severity, message: `The ${what} ${name} does not come: ${result.reason}`, fix: rebuild };
	}
	const type = (result.headers['content-type'] ?? '').toLowerCase();
	if (result.status === 404 || result.status === 410)
		return { code: 'assets.missing', severity, message: `The ${what} ${name} is missing (${result.status})`, fix: rebuild };
	if (result.status === 429) return null;
	if (result.status !== 200)
		return {
			code: 'assets.status',
			severity,
			message: `The ${what} ${name} answers ${result.status}`,
			fix: 'read the log of whatever serves static files',
		};
	if (type.includes('html') || /^\s*<(!doctype|html)/i.test(result.body.subarray(0, 200).toString('latin1'))) {
		return {
			code: 'assets.type',
			severity,
			message: `The ${what} ${name} is an HTML page instead`,
			fix: `${rebuild}; a catch-all route may answer for the missing file`,
		};
	}
	if (isBlank(result.body))
		return {
			code: 'assets.empty',
			severity: asset.kind === 'style' ? 'warn' : severity,
			message: `The ${what} ${name} is empty (${result.body.length} bytes)`,
			fix: rebuild,
		};
	if (!isRightType(asset.kind, type))
		return {
			code: 'assets.type',
			severity,
			message: `The ${what} ${name} comes as ${type === '' ? 'nothing in particular' : type}, which browsers refuse`,
			fix: 'correct the Content-Type of static files',
		};
	return null;
}

function isBlank(body: Buffer): boolean {
	return body.length === 0 || (body.length < 1024 && body.toString('utf8').trim() === '');
}

/** JavaScript's types as the HTML standard counts them (https://mimesniff.spec.whatwg.org/#javascript-mime-type). */
function isRightType(kind: 'script' | 'style', type: string): boolean {
	return kind === 'style'
		? type.startsWith('text/css')
		: /^(text|application)\/(x-)?(java|ecma)script|^text\/(jscript|livescript)/.test(type);
}
