import { describe, expect, it } from 'vitest';
import { answerOf } from '../fixtures/build-observation.ts';
import { cutOffSample, sampleOf } from './sample.ts';

const place = { monitorId: 1, at: 0, cause: null };
const finding = (code: string) => ({ findings: [{ code, severity: 'fail' as const, message: code }] });

describe('what a sample says of the network', () => {
	it.each([
		['no route', answerOf('http.health', 'fail', finding('net.no-route')), true],
		['no answer to a connection attempt', answerOf('http.status', 'fail', finding('net.timeout.connect')), true],
		['an echo of the connection', answerOf('http.page', 'fail', { echoOf: 'net.tcp host=a' }), true],
		['a refused connection is an answer', answerOf('net.tcp', 'fail', finding('net.refused')), false],
		['a slow answer is one', answerOf('http.health', 'fail', finding('net.timeout.first-byte')), false],
		['status 503', answerOf('http.status', 'fail', finding('status.server-error')), false],
		['well', answerOf('http.status', 'ok'), false],
	])('%s', (_, observation, isUnreached) => {
		expect(sampleOf(observation, place).isUnreached).toBe(isUnreached);
	});

	it('of a Holdfast that is cut off says nothing, with what it saw; what is well stays well', () => {
		expect(cutOffSample(sampleOf(answerOf('net.tcp', 'fail'), place))).toMatchObject({
			state: 'unknown',
			reason: 'Holdfast itself reaches nothing outside; it saw: it is fail',
		});
		expect(cutOffSample(sampleOf(answerOf('net.tcp', 'ok'), place)).state).toBe('ok');
	});
});

it('says whether the question applies', () => {
	expect(sampleOf(answerOf('net.tls', 'unknown', { applicable: false }), place).applies).toBe(false);
	expect(sampleOf(answerOf('net.tls', 'unknown'), place).applies).toBe(true);
});
