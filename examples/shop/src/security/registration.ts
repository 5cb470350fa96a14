export const minPasswordLength = 12;

/** What is wrong with a new account, as a code and a sentence; null when nothing is. Lengths in characters. */
export function findRegistrationProblem(account: {
	name: string;
	email: string;
	password: string;
}): { code: keyof typeof registrationProblems; message: string } | null {
	const { name, email, password } = account;
	const code =
		name.trim() === '' || name.length > 80
			? 'name'
			: email.length > 254 || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())
				? 'email'
				: password.length < minPasswordLength || password.length > 1024
					? 'password'
					: null;
	return code === null ? null : { code, message: registrationProblems[code] };
}

/** Sentence for each reason that an account is not made. */
export const registrationProblems = {
	name: 'Tell us a name of at most 80 characters.',
	email: 'This does not look like an e-mail address.',
	password: `Choose a password of at least ${minPasswordLength} characters.`,
	taken: 'This e-mail address has an account already. Sign in instead.',
} as const;
