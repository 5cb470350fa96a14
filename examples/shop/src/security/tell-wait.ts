/** Why somebody has to wait: an account was tried too often, a visitor asked too often, or too many people ask at once. */
export type WaitReason = 'account' | 'visitor' | 'everyone';

const titles: Readonly<Record<WaitReason, string>> = {
	account: 'Too many attempts',
	visitor: 'Too many attempts',
	everyone: 'Too many people at once',
};

/** What a person who has to wait reads. `seconds` from now until it is worth trying again. */
export function tellWait(reason: WaitReason, seconds: number, doing: 'sign-in' | 'register'): { title: string; message: string } {
	const when = seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
	return { title: titles[reason], message: tell(reason, when, doing) };
}

function tell(reason: WaitReason, when: string, doing: 'sign-in' | 'register'): string {
	switch (reason) {
		case 'account':
			return `This account can be tried again in ${when}.`;
		case 'visitor':
			return doing === 'sign-in'
				? `Too many sign-ins were tried from your network connection. Try again in ${when}.`
				: `Too many accounts were asked for from your network connection. Try again in ${when}.`;
		case 'everyone':
			return doing === 'sign-in'
				? `Many people sign in right now. Nothing you typed is wrong; try again in ${when}.`
				: `Many accounts are being made right now. Nothing you typed is wrong; try again in ${when}.`;
		default:
			return reason satisfies never;
	}
}
