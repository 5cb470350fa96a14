/** What is wrong with the form of declared variables; presence and secrets are other checks' questions. Pure. */
import type { EnvVariableReport } from '@holdfast/kit/wire';
import type { Finding } from '../../contract.ts';

const kindWords: Readonly<Record<string, string>> = {
	string: 'text',
	url: 'an absolute URL',
	integer: 'a whole number',
	boolean: 'true or false',
	oneOf: 'one of the declared words',
};

export function judgeFormat(variable: EnvVariableReport): Finding | null {
	const { name, kind, length, minLength, problem } = variable;
	if (kind === 'secret' || problem === null) return null;
	const expected = kindWords[kind] ?? `of kind ${kind}`;
	const has = `${length ?? '?'} characters`;
	const found = (code: string, message: string, fix: string): Finding => ({ code, severity: 'fail', message, fix, at: name });
	switch (problem) {
		case 'malformed':
			return found('env.malformed', `${name} (${has}) is not ${expected}`, `set ${name} to ${expected} and restart the application`);
		case 'too-short':
			return found(
				'env.malformed',
				`${name} has ${has}; at least ${minLength ?? 1} are declared`,
				`set ${name} in full and restart the application`,
			);
		case 'white-space':
			return found(
				'env.white-space',
				`${name} (${has}) begins or ends with white space`,
				`remove the white space around ${name} and restart the application`,
			);
		case 'out-of-range':
			return found('env.out-of-range', `${name} is a number outside its declared range`, `set ${name} to a number within its range`);
		case 'not-allowed':
			return found('env.not-allowed', `${name} is none of the words that are allowed`, `set ${name} to one of the declared words`);
		case 'missing':
		case 'empty':
			return null;
		default:
			return found('env.malformed', `${name} (${has}) is not as declared: ${problem}`, `set ${name} as the application declares it`);
	}
}
