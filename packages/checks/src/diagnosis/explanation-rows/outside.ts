/** Rows of what stands between a visitor and the application, and between it and its deployment: names, connections, TLS, redirects. */
import type { Explanation } from '../explanation.ts';
import { endlessRedirect } from '../layers.ts';
import { askConvex, brokenAnswers, throughTheDoor, useOfApplication } from './groups.ts';

/** As the others, and a token that nobody issues. */
const answersOfNobody = new RegExp(`${brokenAnswers.source}|^csrf\\.(?:not-issued|broken)`);

const convexSide = { target: 'convex' };

export const outsideRows: readonly Explanation[] = [
	{
		id: 'W1',
		by: 'net.dns',
		of: ['net.tcp', 'net.tls', 'tls.certificate', 'http.redirects', ...askConvex, ...throughTheDoor],
		place: 'host',
		why: 'A name that does not resolve leads nowhere.',
	},
	{
		id: 'W12',
		by: 'net.tcp',
		byCodes: /^net\.refused$/,
		of: ['convex.reachable'],
		place: 'host',
		agrees: true,
		why: 'Nothing listens where the deployment should answer: both say that it is down.',
	},
	{
		id: 'W2',
		by: 'net.tcp',
		of: ['net.tls', 'tls.certificate', 'http.redirects', ...askConvex, ...throughTheDoor],
		place: 'host',
		why: 'Nothing can be asked where no connection is accepted.',
	},
	{
		id: 'W3',
		by: 'tls.certificate',
		byRefusal: true,
		of: ['net.tls', 'http.redirects', ...askConvex, ...throughTheDoor],
		place: 'host',
		why: 'A certificate that clients refuse ends every request before it is made.',
	},
	{
		id: 'W4',
		by: 'net.tls',
		byRefusal: true,
		of: ['http.redirects', ...askConvex, ...throughTheDoor],
		place: 'host',
		why: 'A handshake that fails ends every request before it is made.',
	},
	{
		id: 'W5',
		by: 'http.redirects',
		byCodes: endlessRedirect,
		of: throughTheDoor,
		place: 'host',
		why: 'What redirects without end never shows what lies behind it.',
	},
	{
		id: 'W13',
		by: ['net.dns', 'net.tcp', 'net.tls', 'tls.certificate'],
		byParams: convexSide,
		of: [...useOfApplication, 'convex.health', 'convex.sync'],
		ofCodes:
			/server-error|5\d\d|timeout|hang|^health\.|^list\.|^page\.(?!redirect|not-html)|^login\.|^session\.|^browser\.|^convex\.|^sync\./,
		place: 'any',
		why: 'Where we get no connection to the deployment the application gets none, and what it reads from there is missing.',
	},
	{
		id: 'W14',
		by: ['net.dns', 'net.tcp', 'net.tls'],
		byParams: convexSide,
		of: ['http.latency'],
		ofCodes: /first-byte|body/,
		place: 'any',
		why: 'An application that waits for its deployment answers late.',
	},
	{
		id: 'W15',
		by: 'http.redirects',
		of: ['auth.login', 'auth.session', 'browser.console', 'http.status', 'http.page'],
		ofCodes: /redirect|^login\.|^session\.|^browser\./,
		place: 'any',
		why: 'A redirect that leads astray loses the form on its way.',
	},
	{
		id: 'W9',
		by: 'http.status',
		of: ['http.page', 'http.latency', 'http.list', 'http.assets', 'http.cookies', 'http.csrf', 'auth.login', 'auth.session'],
		place: 'path',
		why: 'An error answer has no content, no scripts, no form and no cookies of the page it stands for.',
	},
	{
		id: 'W17',
		by: 'http.status',
		byCodes: /server-error/,
		of: ['http.health'],
		ofCodes: /^health\.status/,
		place: 'host',
		agrees: true,
		why: 'Pages and the health endpoint get the same answer of a proxy whose application is gone.',
	},
	{
		id: 'W18',
		by: 'http.health',
		byCodes: /maintenance/,
		of: ['http.list', 'http.page', 'http.csrf', 'auth.login', 'auth.session', 'browser.console'],
		place: 'any',
		why: 'In maintenance nothing is written, and nobody signs in.',
	},
	{
		id: 'W16',
		by: ['http.status', 'http.health'],
		byCodes: /server-error|^health\./,
		of: ['http.list', 'http.page', 'http.csrf', 'auth.login', 'auth.session', 'browser.console'],
		ofCodes: answersOfNobody,
		place: 'any',
		why: 'A server that answers with errors serves no forms, no lists and no scripts either.',
	},
];
