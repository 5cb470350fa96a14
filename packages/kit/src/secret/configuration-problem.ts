import { inspectSecret, MIN_SECRET_LENGTH } from './inspect-secret.ts';

/** A secret that the kit was given and cannot work with. A value, not an exception: the application starts and says why. */
export interface ConfigurationProblem {
	readonly kind: 'configuration';
	readonly variable: string;
	readonly expected: string;
	/** Characters of what came; null when the variable is absent. The value is never kept. */
	readonly length: number | null;
	/** One sentence for a log line: variable, what was expected, what came, what to do. */
	readonly message: string;
}

/** Judges `value` as the content of environment variable `variable`. Null when it can be used. */
export function findSecretProblem(variable: string, value: string | undefined): ConfigurationProblem | null {
	const fault = inspectSecret(value, MIN_SECRET_LENGTH);
	if (fault === null) return null;
	const expected = `a random value of at least ${MIN_SECRET_LENGTH} characters`;
	const advice = 'Set it to the output of `openssl rand -base64 48` and restart.';
	switch (fault.code) {
		case 'missing':
			return problem(variable, expected, null, `${variable} is not set; expected ${expected}. ${advice}`);
		case 'too-short':
			return problem(variable, expected, fault.length, `${variable} is ${fault.length} characters long; expected ${expected}. ${advice}`);
		case 'white-space':
			return problem(
				variable,
				expected,
				fault.length,
				`${variable} (${fault.length} characters) begins or ends with white space; expected ${expected}. Remove the white space and restart.`,
			);
		case 'sample-value':
			return problem(
				variable,
				expected,
				fault.length,
				`${variable} (${fault.length} characters) is a sample value that anyone can guess; expected ${expected}. ${advice}`,
			);
	}
}

function problem(variable: string, expected: string, length: number | null, message: string): ConfigurationProblem {
	return { kind: 'configuration', variable, expected, length, message };
}
