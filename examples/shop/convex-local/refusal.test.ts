import { describe, expect, it } from 'vitest';
import { closeFrame, knownFailures, overload, Refusal } from './refusal.mjs';

describe('an overload', () => {
	it.each([
		['TooManyConcurrentRequests', 429],
		['TooManyWrites', 429],
		['WorkerOverloaded', 503],
		['ExecuteFullError', 503],
		['InitialPermitTimeoutError', 503],
		['ExpiredInQueue', 503],
		['CommitterFullError', 503],
		['SubscriptionsWorkerFullError', 503],
		['TooManyWritesInTimePeriod', 503],
		['SearchIndexTooLarge', 503],
		['VectorIndexTooLarge', 503],
		['SearchIndexesUnavailable', 503],
		['ServiceUnavailable', 503],
		['InternalServerError', 500],
	])('%s has status %i and words', (code, status) => {
		expect(overload(code)).toMatchObject({ status, code, message: expect.stringMatching(/\w{4}/) });
	});

	it('is one of those that the table above names', () => {
		expect(knownFailures).toHaveLength(14);
	});
});

describe('a sync socket is closed', () => {
	it.each([
		['to come again later for 503', overload('CommitterFullError'), { code: 1013, reason: 'CommitterFullError' }],
		['to come again later for 429', overload('TooManyWrites'), { code: 1013, reason: 'TooManyWrites' }],
		['as by an error of the server for 500', overload('InternalServerError'), { code: 1011, reason: 'InternalServerError' }],
		['as by an error of the server for a bug', new TypeError('x is not a function'), { code: 1011, reason: 'InternalServerError' }],
		['as usual for 404', new Refusal(404, 'Gone', 'gone'), { code: 1000, reason: 'Gone' }],
		['after a word to the client that is to blame', new Refusal(400, 'Bad', 'not like this'), { fatal: 'not like this' }],
	])('%s', (_how, error, frame) => {
		expect(closeFrame(error)).toEqual(frame);
	});
});
