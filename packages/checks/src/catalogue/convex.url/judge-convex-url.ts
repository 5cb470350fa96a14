/** Whether a Convex deployment URL has the form that clients need. Forms: https://docs.convex.dev/client/react/deployment-urls. Pure. */
import type { Finding } from '../../contract.ts';
import { classifyAddress, readLiteralAddress } from '../../probe/addresses.ts';

const placeholderHosts =
	/^(your-|my-|<|example\b|xxx+|placeholder|changeme)|your-convex|your-deployment|your-project|\bexample\.(com|org|net)$/i;
const expected = 'https://<name>.convex.cloud';

/** @param raw exactly as configured or found. @param source where it stands, for the words. */
export function judgeConvexUrl(raw: string, source: string): readonly Finding[] {
	const fail = (code: string, message: string, fix: string): Finding => ({ code, severity: 'fail', message, fix });
	const text = raw.trim();
	if (text === '')
		return [fail('convex-url.empty', `The Convex URL in ${source} is empty, expected ${expected}`, 'set it to the deployment’s URL')];
	if (/^["'`].*["'`]$/.test(text) || /["'`]/.test(text))
		return [fail('convex-url.quotes', `The Convex URL in ${source} has quotes in its value`, 'take the quotes out of the value')];
	if (text !== raw || /\s/.test(text))
		return [
			fail('convex-url.whitespace', `The Convex URL in ${source} has white space in or around it`, 'take the white space out of the value'),
		];
	if (/^[a-z0-9-]+\.convex\.cloud/i.test(text))
		return [fail('convex-url.scheme', `The Convex URL in ${source} has no scheme, expected ${expected}`, `set it to https://${text}`)];
	if (!URL.canParse(text))
		return [
			fail(
				'convex-url.form',
				`The Convex URL in ${source} is not a URL, expected ${expected}`,
				'copy the deployment URL from the Convex dashboard',
			),
		];
	return judgeParsed(new URL(text), source, fail);
}

function judgeParsed(url: URL, source: string, fail: (code: string, message: string, fix: string) => Finding): readonly Finding[] {
	const host = url.hostname.toLowerCase();
	const shown = `${url.protocol}//${url.host}`;
	if (url.protocol !== 'https:' && url.protocol !== 'http:')
		return [
			fail(
				'convex-url.scheme',
				`The Convex URL in ${source} begins with ${url.protocol}, expected https:`,
				`set it to https://${url.host}`,
			),
		];
	if (url.username !== '' || url.password !== '')
		return [
			fail(
				'convex-url.credentials',
				`The Convex URL in ${source} holds a user name or password`,
				'take them out; keys have settings of their own',
			),
		];
	if (placeholderHosts.test(host))
		return [fail('convex-url.placeholder', `The Convex URL in ${source} is a placeholder (${shown})`, 'set it to your deployment’s URL')];
	if (host === 'dashboard.convex.dev' || host === 'convex.dev' || host === 'www.convex.dev')
		return [
			fail(
				'convex-url.dashboard',
				`The Convex URL in ${source} is the dashboard’s (${shown}), not a deployment’s`,
				'copy the deployment URL from the deployment’s settings',
			),
		];
	if (host.endsWith('.convex.site'))
		return [
			fail(
				'convex-url.site',
				`The Convex URL in ${source} is the one for HTTP actions (${shown}); clients need ${host.replace(/\.site$/, '.cloud')}`,
				`set it to https://${host.replace(/\.site$/, '.cloud')}`,
			),
		];
	if (host === 'convex.cloud' || host === 'www.convex.cloud')
		return [
			fail(
				'convex-url.form',
				`The Convex URL in ${source} has no deployment name, expected ${expected}`,
				'copy the deployment URL from the Convex dashboard',
			),
		];
	const findings: Finding[] = [];
	if (url.protocol === 'http:' && !isLocal(host))
		findings.push(
			fail(
				'convex-url.scheme',
				`The Convex URL in ${source} is plain http (${shown}): pages on https may not open it`,
				`set it to https://${url.host}`,
			),
		);
	if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
		findings.push(fail('convex-url.path', `The Convex URL in ${source} has a path or query behind the host`, `set it to ${shown}`));
	else if (/\.convex\.cloud:\d/.test(url.host))
		findings.push(
			fail(
				'convex-url.form',
				`The Convex URL in ${source} names a port, which deployments of the cloud do not have`,
				`set it to https://${host}`,
			),
		);
	return findings;
}

/** Self-hosted deployments on the machine or its network speak plain http. */
function isLocal(host: string): boolean {
	if (host === 'localhost' || host.endsWith('.localhost') || !host.includes('.')) return true;
	const literal = readLiteralAddress(host);
	return literal !== null && classifyAddress(literal) !== 'public';
}
