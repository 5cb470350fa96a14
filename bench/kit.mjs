/** What the kit adds to a request: its handlers against a bare one, in the same run. */
import { findMedian, formatFigure, importBuilt, printFigures, sayProgress } from './figures.mjs';
import { readOptions } from './options.mjs';

const options = readOptions({
	usage: 'node bench/kit.mjs [--requests N] [--json FILE]',
	about: 'Times the private health report, opening a session and verifying a token, call by call, less the median of a bare handler.',
	options: {
		requests: { kind: 'number', default: 5000, about: 'requests measured of each' },
		json: { kind: 'text', default: null, about: 'write all rows to this file' },
	},
});

const { createHealth } = await importBuilt('@holdfast/kit/health');
const { createSessions } = await importBuilt('@holdfast/kit/session');
const { createCsrf } = await importBuilt('@holdfast/kit/csrf');
const { randomBytes } = await import('node:crypto');
const drawSecret = () => randomBytes(32).toString('base64url');

const origin = 'https://shop.example';
const token = drawSecret();
const health = createHealth({ token });
const sessions = createSessions({ secret: drawSecret(), origin });
const csrf = createCsrf({ secret: drawSecret(), origin });

const signIn = await sessions.signIn(new Request(origin), 'user-1');
const issued = csrf.issue(new Request(origin), 'session-1');
if (!signIn.ok || !issued.ok) throw new Error('expected a session and a token, got a problem');
const cookieOf = (/** @type {string} */ setCookie) => setCookie.split(';')[0] ?? '';
const sessionCookie = cookieOf(signIn.setCookie);
const csrfHeaders = { cookie: cookieOf(issued.setCookie), origin, [csrf.header]: issued.token };

/** @type {Record<string, { request: () => Request, handle: (request: Request) => unknown, accept: (answer: any) => boolean }>} */
const cases = {
	bare: { request: () => new Request(origin), handle: () => new Response('ok'), accept: (answer) => answer.status === 200 },
	report: {
		request: () => new Request(origin, { headers: { authorization: `Bearer ${token}` } }),
		handle: health.GET,
		accept: (answer) => answer.headers.get('content-type') === 'application/health+json',
	},
	session: {
		request: () => new Request(origin, { headers: { cookie: sessionCookie } }),
		handle: sessions.read,
		accept: (answer) => answer.state === 'signed-in',
	},
	csrf: {
		request: () => new Request(origin, { method: 'POST', headers: csrfHeaders }),
		handle: (request) => csrf.verify(request, 'session-1'),
		accept: (answer) => answer.ok,
	},
};

/** @type {Record<string, number[]>} */
const times = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
const requests = Math.max(100, Math.floor(options.requests));
// The cases take turns, so that whatever else the machine does falls on all of them alike.
for (let round = -Math.ceil(requests / 5); round < requests; round += 1) {
	for (const [name, { request, handle, accept }] of Object.entries(cases)) {
		const asked = request();
		const from = performance.now();
		const answer = await handle(asked);
		const took = 1000 * (performance.now() - from);
		if (!accept(answer)) throw new Error(`expected ${name} to be accepted, got another answer`);
		if (round >= 0) times[name]?.push(took);
	}
}

const rows = Object.entries(times).map(([name, list]) => ({ name, requests, p50Us: findMedian(list), p99Us: find99(list) }));
const bareUs = rows[0]?.p50Us ?? Number.NaN;
/** @type {Record<string, number>} */
const figures = { bare_p50_us: bareUs, bare_p99_us: rows[0]?.p99Us ?? Number.NaN };
for (const { name, p50Us, p99Us } of rows) {
	sayProgress(`${name.padEnd(8)} ${formatFigure(p50Us).padStart(8)} µs p50 ${formatFigure(p99Us).padStart(8)} µs p99`);
	if (name === 'bare') continue;
	figures[`${name}_added_p50_us`] = p50Us - bareUs;
	figures[`${name}_added_p99_us`] = p99Us - bareUs;
}
await printFigures('bench:kit', figures, { json: options.json, rows });
process.exit(0);

/** @param {readonly number[]} values at least one */
function find99(values) {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}
