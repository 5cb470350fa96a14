import type { Effect, Hazard } from '../../model.ts';
import { raiseEffect } from '../effect.ts';
import { wordList } from '../word-list.ts';
import { showsSecret } from './secrets.ts';

/** Hazards that hang on no single tool. */

const bypass =
	/^(?:--force(?:-\w[\w-]*)?|--yes|--assume-yes|--auto-approve|-auto-approve|--no-verify|--skip-[\w-]+|--no-confirm|--noconfirm|--accept-data-loss|--allow-no-\w+|--non-interactive|--disable-prompt|--quiet-prompt|--yolo)(?:=.*)?$/i;
const shortYes = /^-[a-zA-Z]*y[a-zA-Z]*$/;
/** Tools whose `-y` asks for something else. */
const otherY = new Set(wordList('curl rsync sort tar strace date less chown ln fsck tr cut ls top dialog psql wget grep git jq systemctl'));

/** True when a flag switches off what would have asked (rule E24). */
export function bypassesConfirmation(tool: string, args: readonly string[]): boolean {
	// What `git push --force` amounts to is judged by its family.
	if (tool === 'git' && args.includes('push')) return args.includes('--no-verify');
	if (args.some((arg) => bypass.test(arg) && !/^--(?:force-with-lease|force-color|skip-(?:empty|worktree|to))/.test(arg))) return true;
	if (otherY.has(tool)) return false;
	return args.some((arg) => arg === '-y' || (/^(?:apt|apt-get|yum|dnf|pacman|zypper)$/.test(tool) && shortYes.test(arg)));
}

/** The effect of a command whose confirmation is switched off: one level up when it changes anything. */
export function raiseForBypass(effect: Effect): { readonly effect: Effect; readonly hazard: Hazard | null } {
	const raised = raiseEffect(effect);
	return {
		effect: raised,
		hazard:
			raised === effect && effect !== 'unknown' && effect !== 'block'
				? null
				: { class: 'confirmation-bypassed', why: 'switches off what would ask first' },
	};
}

/** Secrets in argument vectors, where every process list shows them (rule E18). */
export function secretInArguments(args: readonly string[]): Hazard | null {
	for (const [index, arg] of args.entries()) {
		const flag =
			/^--?(?:[\w-]*(?:token|password|passwd|secret|api-?key|auth|admin-key|deploy-key|private-key|access-key)[\w-]*)(?:=(.*))?$/i.exec(
				arg,
			);
		if (flag === null) continue;
		const value = flag[1] ?? args[index + 1] ?? '';
		if (showsSecret(value)) return { class: 'secrets-to-output', why: 'puts a secret into the process list' };
	}
	return null;
}

/** What credentials look like when they are written out (rule E26). Never quoted in any message. */
const credentials: readonly RegExp[] = [
	/\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@$<>{}[\]]*:(?!\$|<|\[|\{|\*|x{3}|password@|pass@|pw@)[^\s:/@$<>{}[\]]+@/i,
	/\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{8,}/,
	/\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/,
	/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/,
	/-----BEGIN [A-Z ]*PRIVATE KEY-----/,
	/\b(?:ghp|gho|ghs|ghu|ghr)_\w{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}/,
	/\bxox[abpors]-[\w-]{10,}/,
	/\bSG\.[\w-]{16,}\.[\w-]{16,}/,
	/\bAIza[\w-]{30,}/,
	/\b(?:prod|dev|preview):[a-z]+-[a-z]+-\d+\|[\w+/=-]{16,}/,
	/\bhttps:\/\/hooks\.slack\.com\/services\/T\w+\/B\w+\/\w{10,}/,
	/(?:^|[\s"'&?;,{])(?:[\w-]*(?:password|passwd|pwd|secret|token|api[_-]?key))["']?\s*[:=]\s*["']?(?![\s"'$<[{*]|your|x{3}|change|example|\.{3}|…)[^\s"'&]{6,}/i,
];
const shortPassword: Readonly<Record<string, RegExp>> = {
	mysql: /^-p.+/,
	mysqldump: /^-p.+/,
	mysqladmin: /^-p.+/,
	mariadb: /^-p.+/,
	sshpass: /^-p/,
};

/** A credential written into the command or the text, or null. */
export function credentialIn(source: string): Hazard | null {
	return credentials.some((pattern) => pattern.test(source)) ? written : null;
}

/** `-psecret` of mysql, `-u user:password` of curl. */
export function credentialInArguments(tool: string, args: readonly string[]): Hazard | null {
	const short = Object.hasOwn(shortPassword, tool) ? shortPassword[tool] : undefined;
	if (short !== undefined && args.some((arg) => short.test(arg) && !arg.includes('$'))) return written;
	for (const [index, arg] of args.entries()) {
		const user = arg === '-u' || arg === '--user' ? args[index + 1] : /^--user=(.*)/.exec(arg)?.[1];
		if (tool === 'curl' && user !== undefined && /^[^:]+:[^$<[{]+/.test(user)) return written;
	}
	return null;
}

const written: Hazard = { class: 'credentials-in-document', why: 'holds a credential in clear: mask it and change it' };

/** Variables that decide which program runs, or what runs before it. */
export function steersPrograms(name: string): boolean {
	return /^(?:LD_\w+|DYLD_\w+|PATH|NODE_OPTIONS|BASH_ENV|ENV|SHELLOPTS|PYTHONPATH|PYTHONSTARTUP|RUBYOPT|PERL5OPT|JAVA_TOOL_OPTIONS|GIT_(?:SSH|SSH_COMMAND|EXTERNAL_DIFF|PAGER|EDITOR|ASKPASS|CONFIG\w*)|PAGER|EDITOR|VISUAL|IFS|PROMPT_COMMAND|npm_config_\w+)$/i.test(
		name,
	);
}
