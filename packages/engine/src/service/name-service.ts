import { isLoopbackUrl } from './loopback.ts';

/**
 * A name for a service: the package's name, else the host's, and where it runs: `shop-local`, `shop-production`.
 * @param packageName Name in the package.json of the working directory, if there is one.
 */
export function nameService(url: URL, packageName: string | null): string {
	const labels = url.hostname.replace(/^www\./, '').split('.');
	const base =
		slug(packageName?.replace(/^@[^/]+\//, '') ?? '') ||
		(isLoopbackUrl(url) || /^[[\d]/.test(url.hostname) ? 'app' : slug(labels[0] ?? '')) ||
		'app';
	return `${base}-${isLoopbackUrl(url) ? 'local' : stageOf(labels)}`;
}

function stageOf(labels: readonly string[]): string {
	return /(^|[-.])(staging|stage|preview|test|dev)([-.]|$)/.exec(labels.join('.'))?.[2] ?? 'production';
}

function slug(text: string): string {
	return text
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 40);
}
