import { TargetRefusedError } from '@holdfast/checks/target';

/** The guard in front of connections speaks of services; for a channel the setting stands at the channel. */
export function rewordRefusal<E>(error: E, host: string): E | TargetRefusedError {
	if (!(error instanceof TargetRefusedError)) return error;
	const { code } = error.refusal;
	switch (code) {
		case 'target.private':
			return new TargetRefusedError({
				ok: false,
				code,
				reason: `${host} leads to an address that is not public, and the channel is not declared private`,
				fix: 'set `private: true` for the channel if that is meant',
			});
		case 'target.public':
			return new TargetRefusedError({
				ok: false,
				code,
				reason: `${host} leads to a public address, to which nothing is sent over plain http`,
				fix: 'use https',
			});
		default:
			return error;
	}
}
