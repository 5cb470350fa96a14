/** A probe's failure as the answer of a check. */
import type { Outcome } from '../contract.ts';
import type { ProbeFailure } from '../probe/failure.ts';
import { redactUrl } from '../probe/redact.ts';

/**
 * @param subject URL or host and port that was looked at.
 * @returns `fail` with the failure's own code and fix; `unknown` where the cause lies on our side.
 */
export function describeFailure(failure: ProbeFailure, subject: string): Outcome {
	const shown = subject.includes('://') ? redactUrl(subject) : subject;
	if (failure.says === 'unknown') {
		return {
			state: 'unknown',
			reason: failure.reason,
			...(failure.fix === undefined ? {} : { enable: failure.fix }),
			phases: failure.phases,
			subject: shown,
		};
	}
	const finding = {
		code: failure.code,
		severity: 'fail' as const,
		message: failure.reason,
		...(failure.fix === undefined ? {} : { fix: failure.fix }),
	};
	return { state: 'fail', reason: failure.reason, findings: [finding], phases: failure.phases, subject: shown };
}
