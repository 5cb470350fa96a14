/** A vendor that gave no answer, as the answer of a check. Pure. */
import type { Finding, MissingSetting, Outcome, ServiceTarget, SettingName } from '../contract.ts';
import type { NoAnswerCode, VendorVerdict } from '../vendors.ts';

export type Silence = Extract<VendorVerdict<unknown>, { readonly kind: 'no-answer' }>;

/** @returns the setting that is in the configuration and could not be had, or null. */
export function findMissing(service: ServiceTarget, setting: SettingName): MissingSetting | null {
	return service.missing?.find((entry) => entry.setting === setting) ?? null;
}

/** Which silence says something about the deployment itself; the others leave it open. */
export function isDown(code: NoAnswerCode | undefined): boolean {
	switch (code) {
		case 'timeout':
		case 'network':
		case 'not-found':
		case 'server-error':
		case 'redirected':
		case 'bad-response':
		case 'too-large':
			return true;
		// A certificate that is not trusted here keeps us from asking; whether the deployment is up stays open.
		case 'tls':
		case 'aborted':
		case 'offline':
		case 'unauthorized':
		case 'forbidden':
		case 'rate-limited':
		case 'refused':
		case 'not-configured':
		case undefined:
			return false;
		default:
			return code satisfies never;
	}
}

/** Who was asked, for the words: the setting to renew, the right that is needed. */
export interface Asked {
	/** `Convex`, `Sentry`. */
	readonly vendor: string;
	/** `convex.adminKey`. */
	readonly setting: SettingName;
	/** What the key must allow: `deployment:logs:view`. */
	readonly right: string;
}

/** @returns `unknown`, in words that say whether it is the credential, the right, the rate or the way that is missing. */
export function describeSilence(silence: Silence, asked: Asked): Outcome {
	return { state: 'unknown', reason: silence.reason, enable: silence.enable ?? adviseOn(silence.code, asked) };
}

function adviseOn(code: NoAnswerCode | undefined, { vendor, setting, right }: Asked): string {
	switch (code) {
		case 'unauthorized':
			return `${vendor} does not take it: it may be expired, withdrawn or of another deployment or organisation; make a new one and set \`${setting}\``;
		case 'forbidden':
			return `make one that may do this (${right}), and set \`${setting}\``;
		case 'rate-limited':
			return 'wait a minute and ask again';
		case 'not-configured':
			return `set \`${setting}\` for the service in holdfast.yaml`;
		case 'tls':
			return 'holdfast check net.tls';
		default:
			return `look at whether ${vendor} can be reached from this machine, and ask again`;
	}
}

/** @returns a failing finding for a silence that says that something is down. @param family of the code: `functions`. */
export function describeDown(silence: Silence, family: string, fix: string): Outcome {
	const finding: Finding = { code: `${family}.${silence.code ?? 'no-answer'}`, severity: 'fail', message: silence.reason, fix };
	return { state: 'fail', reason: silence.reason, findings: [finding] };
}
