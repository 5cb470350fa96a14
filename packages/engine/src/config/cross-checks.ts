import { findNearestName } from '@holdfast/runbook/nearest-name';
import { splitContact } from '../notify/contact-route.ts';
import type { ConfigFault } from './config-fault.ts';
import { describeKind, describeValue } from './describe-value.ts';
import { checkIngestProjects } from './ingest-faults.ts';
import { checkMonitors } from './monitor-faults.ts';

/** What the schema of single values cannot say: names that refer to each other, the form of names, what a URL must not hold. Works on raw values, so that it reports beside the schema's own problems. */
export function crossCheckConfig(raw: unknown, checkIds: readonly string[] | null): readonly ConfigFault[] {
	const root = asMap(raw);
	const services = asMap(root.services);
	return [
		...('services' in root && Object.keys(services).length === 0 && isMap(root.services)
			? [
					{
						path: ['services'],
						message: 'services: expected at least one service',
						hint: 'For example shop-production: {url: https://shop.example}.',
					},
				]
			: []),
		...Object.entries(services).flatMap(([name, service]) => checkService(name, asMap(service), checkIds)),
		...checkUrl(['publicUrl'], root.publicUrl),
		...checkUrl(['ingest', 'publicUrl'], asMap(root.ingest).publicUrl),
		...checkIngestProjects(services),
		...(Array.isArray(root.outside) ? root.outside.flatMap((url, index) => checkUrl(['outside', String(index)], url)) : []),
		...checkReceivers(root),
	];
}

function checkService(
	name: string,
	service: Readonly<Record<string, unknown>>,
	checkIds: readonly string[] | null,
): readonly ConfigFault[] {
	const path = ['services', name];
	const faults: ConfigFault[] = [
		...checkUrl([...path, 'url'], service.url),
		...checkUrl([...path, 'registry'], service.registry),
		...checkUrl([...path, 'convex', 'url'], asMap(service.convex).url),
		...checkUrl([...path, 'convex', 'siteUrl'], asMap(service.convex).siteUrl),
		...checkUrl([...path, 'sentry', 'url'], asMap(service.sentry).url),
	];
	if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) {
		const hint = 'For example shop-production.';
		faults.push({
			path: ['services'],
			key: name,
			message: `${describeValue(name)}: a service is named by small letters, digits and dashes`,
			hint,
		});
	}
	faults.push(...checkHosts([...path, 'allowHosts'], service.allowHosts));
	faults.push(...checkMonitors([...path, 'monitors'], asMap(service.monitors), checkIds));
	return faults;
}

function checkUrl(path: readonly string[], value: unknown): readonly ConfigFault[] {
	if (typeof value !== 'string' || !/^https?:\/\//i.test(value)) return [];
	const name = path.join('.');
	if (!URL.canParse(value)) return [{ path, message: `${name}: this is not a URL`, hint: 'For example https://shop.example.' }];
	const url = new URL(value);
	// Also where the parser sees no user name: `http://bob:80/rest-of-password@host`.
	if (value.includes('@')) {
		return [
			{
				path,
				message: `${name}: a URL must not hold a user name or password (the value is not shown)`,
				hint: 'Remove what stands before the @.',
			},
		];
	}
	if (url.search !== '' || url.hash !== '')
		return [{ path, message: `${name}: expected a URL without ? and #`, hint: `For example ${url.origin}.` }];
	return [];
}

/** A host by its name alone; `*.` before it stands for all below it. */
function checkHosts(path: readonly PropertyKey[], value: unknown): readonly ConfigFault[] {
	if (!Array.isArray(value)) return [];
	return value.flatMap((host, index) => {
		if (typeof host !== 'string' || host === '' || HOST.test(host)) return [];
		const message = `${path.join('.')}[${index}]: expected a host name, got ${describeKind(host)}`;
		return [{ path: [...path, index], message, hint: 'Without scheme, port and path, for example cdn.shop.example.' }];
	});
}

const HOST =
	/^(?:\*\.)?[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?$|^\[[0-9a-f:.]+\]$|^[0-9a-f]*:[0-9a-f:.]+$/i;

function checkReceivers(root: Readonly<Record<string, unknown>>): readonly ConfigFault[] {
	const channels = Object.keys(asMap(root.channels));
	const rules = Array.isArray(root.notify) ? root.notify : [];
	return rules.flatMap((rule, index) => {
		const to = asMap(rule).to;
		if (!Array.isArray(to)) return [];
		return to.flatMap((name, position) => {
			// A contact stands in a runbook, which is read at the start.
			if (typeof name !== 'string' || channels.includes(name) || splitContact(name) !== null) return [];
			const nearest = findNearestName(name, channels);
			const hint = nearest === null ? 'Name it under channels.' : `Did you mean ${nearest}?`;
			return [
				{
					path: ['notify', index, 'to', position],
					message: `notify[${index}].to: there is no channel ${nearest === null ? describeKind(name) : describeValue(name)}`,
					hint,
				},
			];
		});
	});
}

function isMap(value: unknown): boolean {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An empty map stands in for anything that is none: the schema reports that. */
function asMap(value: unknown): Readonly<Record<string, unknown>> {
	return isMap(value) ? (value as Readonly<Record<string, unknown>>) : {};
}
