import type { Command } from '../model.ts';
import { isOwnProgram, toolName } from './judge-script.ts';
import { commandShape } from './line-shape.ts';
import { parseScript } from './parse-script.ts';
import { readCommand } from './read-command.ts';
import { tokenize } from './tokenize.ts';
import { isKnownTool } from './tool-families.ts';

/** Programs that say something useful with flags alone. */
const flagsAreEnough = new Set(
	`df du ls ps free top uptime uname date netstat ss lsof vmstat iostat dmesg journalctl id who w last lsblk lscpu env tree crontab hostname mount ip ifconfig sar mpstat pidstat nginx apachectl psql mysql
	redis-cli systemctl rm sudo vercel htop node_exporter tsc vitest eslint jest playwright pytest go kubectl terraform certbot iptables ufw pm2`.split(
		/\s+/,
	),
);

/**
 * Reads a piece of inline code as a command (rule X12): a known program with an argument, or a script of the team's own.
 * `kill -9` alone is a fragment, a file name or a bare tool is a name: null.
 *
 * @param line 1-based line in the file
 */
export function readInlineCode(text: string, line: number): Command | null {
	const source = text.trim().replace(/^[$%]\s+(?=\S)/, '');
	if (source === '' || source.length > 4000) return null;
	const simple = parseScript(tokenize(source).tokens).commands[0];
	const argv = simple?.words.map((word) => word.text) ?? [];
	const program = argv[0] ?? '';
	const script =
		/^\.{1,2}\/[\w@.-]|^(?:\.\/)?(?:scripts?|bin|ops|tools)\/[\w./-]+$/.test(program) &&
		isOwnProgram(program) &&
		(argv.length > 1 || /\.(?:sh|bash|py|rb|js|ts|mjs|ps1)$|^\.\/[\w-]+$/.test(program));
	if (!script) {
		const shape = commandShape(source, false);
		if (shape === null && !isKnownTool(toolName(program))) return null;
		if (!isKnownTool(toolName(program)) && shape !== 'known') return null;
		if (shape === null && !hasEvidence(argv)) return null;
		if (!hasArgument(argv, source)) return null;
		if (program !== toolName(program) && !program.includes('/') && shape !== 'known') return null;
	}
	// `cf login -a url …` shows a shape; it is never run as it stands.
	const template = /…|(?:^|\s)\.\.\.(?:\s|$)/.test(source);
	return readCommand(source, { line, label: null, kind: template ? 'template' : 'shell' });
}

function hasEvidence(argv: readonly string[]): boolean {
	return argv.slice(1).some((arg) => /^-{1,2}[A-Za-z\d]|^[$./~]|[/.=:]/.test(arg));
}

function hasArgument(argv: readonly string[], source: string): boolean {
	const args = argv.slice(1);
	if (args.length === 0) return /[|;&]/.test(source);
	if (args.some((arg) => !arg.startsWith('-'))) return true;
	return args.some((arg) => /^(?:--version|--help)$/.test(arg)) || flagsAreEnough.has(toolName(argv[0] ?? ''));
}
