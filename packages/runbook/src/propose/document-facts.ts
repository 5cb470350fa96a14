import type { Runbook, Step } from '../model.ts';
import { isHealthPath, isLoopbackHost, readRequest, readUrl } from './request.ts';
import { findVendors } from './vendors.ts';

/** What the whole document says about the service, for lines that leave it out. */
export interface DocumentFacts {
	/** The one health path that it names; null when it names none or several. */
	readonly healthPath: string | null;
	/** Hosts of the application itself; placeholders apart. */
	readonly ownHosts: ReadonlySet<string>;
	/** Ports of this machine on which the application is said to be; empty where the document names none. */
	readonly loopbackPorts: ReadonlySet<string>;
	/** The one vendor that runs the application, where it names exactly one. */
	readonly platform: string | null;
	/** Names of the vendors that it speaks of: `convex`, `sentry`. */
	readonly vendors: ReadonlySet<string>;
	/** It speaks of a web application: has URLs, routes or web vendors. Elsewhere the words "error" and "memory" mean other things. */
	readonly web: boolean;
}

/** Gathers the facts in one pass. */
export function readDocumentFacts(runbook: Runbook): DocumentFacts {
	const healthPaths = new Set<string>();
	const ownHosts = new Set<string>();
	const loopbackPorts = new Set<string>();
	const words: string[] = [runbook.title];
	let web = false;
	let firstHealthHost: string | null = null;
	const look = (request: ReturnType<typeof readUrl>): void => {
		if (request === null || request.vendor?.name === 'convex') return;
		if (request.placeholder) web = true;
		if (!isHealthPath(request.path)) return;
		healthPaths.add(request.path);
		if (isLoopbackHost(request.host) && request.port !== null) loopbackPorts.add(request.port);
		if (!request.placeholder) firstHealthHost ??= request.host;
	};
	const visit = (step: Step): void => {
		words.push(step.text);
		for (const path of step.paths) {
			if (isHealthPath(path)) healthPaths.add(path);
			if (path.startsWith('/api/') || isHealthPath(path)) web = true;
		}
		if (step.envs.some((name) => /^(?:NEXT_PUBLIC|VITE|REACT_APP|NUXT|PUBLIC)_/.test(name))) web = true;
		for (const command of step.commands) look(readRequest(command));
		for (const inner of step.substeps) visit(inner);
	};
	for (const procedure of runbook.procedures) for (const step of procedure.steps) visit(step);
	for (const issue of runbook.issues) {
		for (const line of [...issue.symptoms, ...issue.causes]) words.push(line.text);
		for (const step of issue.steps) visit(step);
	}
	for (const list of runbook.checklists) for (const item of list.items) words.push(item.text);
	for (const { command } of runbook.commands) look(readRequest(command));
	for (const url of runbook.urls) {
		const request = readUrl(url.url);
		look(request);
		words.push(url.label);
		if (url.kind === 'app' && request !== null && !request.placeholder && request.vendor === undefined) ownHosts.add(request.host);
		if (url.kind === 'app' && request !== null && isLoopbackHost(request.host) && request.port !== null) loopbackPorts.add(request.port);
		if (url.kind === 'app' && request !== null) web = true;
	}
	// The application's URL decides; else the host of the first health command (facts: binding rules).
	if (ownHosts.size === 0 && firstHealthHost !== null) ownHosts.add(firstHealthHost);
	const named = findVendors(words.join('\n'));
	const platforms = named.filter((vendor) => vendor.platform);
	return {
		healthPath: healthPaths.size === 1 ? ([...healthPaths][0] ?? null) : null,
		ownHosts,
		loopbackPorts,
		vendors: new Set(named.map((vendor) => vendor.name)),
		platform: platforms.length === 1 ? (platforms[0]?.name ?? null) : null,
		web: web || ownHosts.size > 0 || named.some((vendor) => vendor.platform || vendor.name === 'convex'),
	};
}
