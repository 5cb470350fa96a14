import { type Call, type Family, type Judgement, judged } from '../call.ts';

/** Names whose values are secret, or hold one (a URL with a password in it). The list of the hazard table, and its neighbours. */
const secretName = /(?:SECRET|KEY|TOKEN|PASS|PWD|CRED|PRIVATE|DSN|URL|URI|AUTH|SALT|CERT|COOKIE|SESSION|SIGNATURE|CONNECTION)/i;

/** Prefixes by which front-end builds publish a variable to every visitor (Next.js, Vite, CRA, Nuxt, Expo, Gatsby, SvelteKit): no secret. */
const publicName = /^(?:NEXT_PUBLIC|VITE|REACT_APP|NUXT_PUBLIC|EXPO_PUBLIC|GATSBY|PUBLIC|STORYBOOK)_/;

/** Files that hold secrets; samples and templates of them do not. */
const secretFile =
	/(?:^|\/)(?:\.env(?:\.[\w-]+)*|\.envrc|\.netrc|\.pgpass|\.npmrc|\.my\.cnf|\.htpasswd|id_(?:rsa|dsa|ecdsa|ed25519)|credentials(?:\.json)?|secrets?\.(?:ya?ml|json|env|txt)|kubeconfig|config\.json|.*\.(?:pem|key|p12|pfx|jks|keystore)|shadow|environ|\.git-credentials|master\.key|service-?account.*\.json)$/i;
const sampleFile = /\.(?:example|sample|template|dist|defaults?|schema)$|(?:cert|ca|chain|fullchain|crt|pub)[\w-]*\.pem$|\.pub$/i;

/** True for a variable whose value must not be shown (rule E18); `NEXT_PUBLIC_…` and its kin are public. */
export function isSecretName(name: string): boolean {
	return secretName.test(name) && !publicName.test(name);
}

/** True for a file whose content must not be shown. */
export function isSecretFile(path: string): boolean {
	return secretFile.test(path) && !sampleFile.test(path);
}

const shows = (why: string) => judged('read', { class: 'secrets-to-output', why });

/** What shows the environment, or text that may hold it: `env`, `printenv`, `echo`, `set`, `export` (rule E18). */
export const environmentFamily: Family = {
	tools: ['printenv', 'env', 'set', 'export', 'declare', 'typeset', 'echo', 'printf', 'history', 'unset', 'compgen'],
	judge: judgeEnvironment,
};

function judgeEnvironment({ tool, args }: Call): Judgement {
	switch (tool) {
		case 'printenv':
			return args.length === 0 || args.some((arg) => isSecretName(arg))
				? shows(args.length === 0 ? 'prints every variable' : 'prints the value of a secret')
				: judged('read');
		case 'env':
			return shows('prints every variable');
		case 'set':
		case 'export':
		case 'declare':
		case 'typeset':
		case 'compgen':
			return args.length === 0 || args.some((arg) => arg === '-p' || arg === '-x') ? shows('prints every variable') : judged('output');
		case 'unset':
			return judged('output');
		case 'history':
			return args.includes('-c') ? judged('local-write') : shows('prints what was typed before, secrets included');
		default:
			return args.some(showsSecret) ? shows('prints the value of a secret') : judged('read');
	}
}

/** True when a word would print a secret variable: `$SESSION_SECRET`, `${#…}` (a length) left out. */
export function showsSecret(word: string): boolean {
	for (const match of word.matchAll(/\$(?:\{!?([A-Za-z_]\w*)|([A-Za-z_]\w*))/g)) if (isSecretName(match[1] ?? match[2] ?? '')) return true;
	return false;
}

/** Programs that show a file: what they are pointed at decides. */
export function judgeShownFiles({ tool, args }: Call): Judgement {
	const paths = args.filter((arg) => !arg.startsWith('-'));
	const counted =
		/^(?:wc|stat|file|ls|du|md5sum|sha\d+sum|cksum|test|\[|\[\[)$/.test(tool) ||
		(tool === 'grep' && args.some((arg) => /^-[a-zA-Z]*[cqlL]/.test(arg)));
	return !counted && paths.some(isSecretFile) ? shows('prints a file that holds secrets') : judged('read');
}
