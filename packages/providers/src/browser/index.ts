import type { BrowserPort, BrowserWalk, VendorVerdict, WalkReport } from '@holdfast/checks/vendors';
import type { Browser } from 'playwright-core';
import { type BrowserEnvironment, findChromium } from './find-chromium.ts';
import { type GuardProxy, startGuardProxy } from './guard-proxy.ts';
import { pinCertificates } from './pin-certificates.ts';
import { walkThrough } from './walk.ts';

export interface BrowserOptions {
	readonly environment: BrowserEnvironment;
}

const install = 'install Chromium (`apt-get install chromium`), or set CHROMIUM_PATH to a Chromium or Chrome';

/** A Chromium of this machine, started for one walk and ended with it. */
export function createBrowserPort({ environment }: BrowserOptions): BrowserPort {
	return {
		walk: async (walk, signal) => {
			const problem = findProblem(walk);
			if (problem !== null) return { kind: 'no-answer', code: 'refused', reason: problem };
			const { path, problem: missing } = await findChromium(environment);
			if (path === null) return { kind: 'no-answer', code: 'not-configured', reason: missing, enable: install };
			const guard = await startGuardProxy([new URL(walk.origin).hostname, ...walk.hosts.map(dropPort)], walk.reach);
			try {
				return await start(path, walk, guard, signal);
			} finally {
				guard.close();
			}
		},
	};
}

async function start(path: string, walk: BrowserWalk, guard: GuardProxy, signal: AbortSignal): Promise<VendorVerdict<WalkReport>> {
	const stopped = { kind: 'no-answer', code: 'aborted', reason: 'Stopped before the browser had walked through' } as const;
	// Both take a while and need nothing of each other.
	const [{ chromium }, pins] = await Promise.all([import('playwright-core'), findPins(walk, signal)]);
	if (signal.aborted) return stopped;
	let browser: Browser;
	try {
		browser = await chromium.launch({
			executablePath: path,
			headless: true,
			timeout: 8000,
			chromiumSandbox: process.getuid?.() !== 0,
			proxy: { server: `socks5://127.0.0.1:${guard.port}`, bypass: '<-loopback>' },
			handleSIGINT: false,
			handleSIGTERM: false,
			handleSIGHUP: false,
			args: [
				// Names are resolved by the guard, and by nobody else.
				'--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
				'--webrtc-ip-handling-policy=disable_non_proxied_udp',
				'--disable-dev-shm-usage',
				...(pins.length === 0 ? [] : [`--ignore-certificate-errors-spki-list=${pins.join(',')}`]),
			],
		});
	} catch {
		return signal.aborted
			? stopped
			: {
					kind: 'no-answer',
					code: 'not-configured',
					reason: 'Chromium was found and does not start',
					enable: `start \`${path} --headless --dump-dom about:blank\` yourself and read what it says`,
				};
	}
	const stop = () => void browser.close().catch(() => {});
	signal.addEventListener('abort', stop, { once: true });
	try {
		if (signal.aborted) return stopped;
		return { kind: 'answer', value: await walkThrough(browser, walk, guard) };
	} catch {
		if (signal.aborted) return stopped;
		return {
			kind: 'no-answer',
			code: 'bad-response',
			reason: 'Chromium ended in the middle of the walk',
			enable: 'look at the memory of this machine',
		};
	} finally {
		signal.removeEventListener('abort', stop);
		await browser.close().catch(() => {});
	}
}

async function findPins(walk: BrowserWalk, signal: AbortSignal): Promise<readonly string[]> {
	const { ca } = walk.reach;
	if (ca === undefined) return [];
	const origin = new URL(walk.origin);
	const own = origin.protocol === 'https:' ? [{ host: origin.hostname, port: Number(origin.port || 443) }] : [];
	const others = walk.hosts
		.filter((host) => !host.startsWith('*.'))
		.map((host) => ({ host: dropPort(host), port: Number(/:(\d+)$/.exec(host)?.[1] ?? 443) }));
	return pinCertificates([...own, ...others], { ...walk.reach, ca }, signal).catch(() => []);
}

function findProblem({ origin, paths, signIn }: BrowserWalk): string | null {
	if (!URL.canParse(origin) || !/^https?:$/.test(new URL(origin).protocol)) return 'The application’s address is no http or https URL';
	const all = signIn === null ? paths : [signIn.path, ...paths];
	const outside = all.some((path) => !URL.canParse(path, origin) || new URL(path, origin).origin !== new URL(origin).origin);
	return outside ? 'A path to open leads out of the application' : null;
}

function dropPort(host: string): string {
	return host.replace(/:\d+$/, '');
}
