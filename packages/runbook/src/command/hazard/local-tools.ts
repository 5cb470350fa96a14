import { type Call, type Family, type Judgement, judged, together } from '../call.ts';
import { readArgs } from '../read-args.ts';
import { wordList } from '../word-list.ts';
import { judgeShownFiles } from './secrets.ts';

/** Filters and viewers of text, and questions to the machine (rule E21). */
export const localFamily: Family = {
	tools: wordList(`
		cat bat head tail less more grep egrep fgrep zgrep zcat rg ag awk gawk sed jq yq cut sort uniq wc tr column diff cmp
		comm paste nl rev tac strings xxd od hexdump base64 md5sum sha1sum sha256sum shasum cksum fold fmt join seq bc pv tree
		ls dir stat file du df free uptime w who whoami id groups last lastlog uname hostname date cal nproc lscpu lsblk lsmod
		lspci blkid findmnt vmstat iostat mpstat sar pidstat ps pgrep pidof pstree top htop btop iotop atop glances nvidia-smi
		dmesg journalctl pwd cd pushd popd which whereis type locate readlink realpath basename dirname test [ [[ true false yes :
		exit return break continue sleep wait read clear ulimit umask alias open xdg-open start pbcopy strace perf shift trap
		local getent locale tty logger mail sendmail wall source . logout man help vim vi nvim nano emacs pico code tmux
		screen mutt dialog
	`),
	judge: judgeLocal,
};

const editors = new Set(wordList('vim vi nvim nano emacs pico code tmux screen mutt dialog less more man'));
const screens = new Set(['htop', 'btop', 'iotop', 'atop', 'glances']);

function judgeLocal(call: Call): Judgement {
	const { tool, args } = call;
	if (screens.has(tool)) return judged('read', { interactive: true, unbounded: true });
	if (editors.has(tool)) {
		const viewer = /^(?:less|more|man)$/.test(tool);
		return together([judgeShownFiles(call), judged(viewer ? 'read' : 'unknown', { interactive: call.stdin.kind === 'none' || !viewer })]);
	}
	switch (tool) {
		case 'tail':
			return together([
				judgeShownFiles(call),
				judged('read', { unbounded: readArgs(args, ['-n', '-c', '--lines']).has('-f', '-F', '--follow', '--retry') }),
			]);
		case 'sed':
			return judgeSed(call);
		case 'awk':
		case 'gawk':
			return together([
				judgeShownFiles(call),
				/\bsystem\s*\(|\|\s*getline|\|\s*"|>\s*"|>>\s*"|@load|inplace/.test(args.join(' ')) || readArgs(args, ['-f', '-F', '-v']).has('-f')
					? judged('unknown', { class: 'pipe-to-shell', why: 'runs commands or writes files from its program' })
					: judged('read'),
			]);
		case 'sort':
			return together([
				judgeShownFiles(call),
				readArgs(args, ['-o', '-k', '-t']).has('-o', '--output') ? judged('local-write') : judged('read'),
			]);
		case 'yq':
			return together([judgeShownFiles(call), readArgs(args).has('-i', '--inplace') ? judged('local-write') : judged('read')]);
		case 'rg':
		case 'ag':
			return args.some((arg) => arg.startsWith('--pre')) ? judged('unknown') : judgeShownFiles(call);
		case 'top':
			return readArgs(args, ['-n', '-d', '-p', '-u', '-l']).has('-b') && readArgs(args, ['-n', '-d', '-p', '-u', '-l']).value('-n') !== null
				? judged('read')
				: judged('read', { interactive: true, unbounded: true });
		case 'journalctl':
			if (args.some((arg) => /^--(?:vacuum|rotate|flush|sync|relinquish)/.test(arg)))
				return judged('write', { class: 'service', why: 'deletes or rotates logs' });
			return judged('read', { unbounded: readArgs(args, ['-u', '-n', '-p', '-S', '-U', '-t', '-b', '-g', '-o']).has('-f', '--follow') });
		case 'dmesg':
			return args.some((arg) => /^(?:-[a-zA-Z]*[cC]|--clear|--read-clear)$/.test(arg))
				? judged('write', { class: 'service', why: 'clears the kernel log' })
				: judged('read', { unbounded: args.some((arg) => /^(?:-[a-zA-Z]*[wW]|--follow)$/.test(arg)) });
		case 'vmstat':
		case 'iostat':
		case 'mpstat':
		case 'sar':
		case 'pidstat':
			return judged('read', { unbounded: args.filter((arg) => /^\d+$/.test(arg)).length === 1 });
		case 'ps':
			return /^[a-z]*e[a-z]*$/.test(args[0] ?? '')
				? judged('read', { class: 'secrets-to-output', why: 'prints the environment of processes' })
				: judged('read');
		case 'date':
			return readArgs(args, ['-d', '--date', '-r']).has('-s', '--set')
				? judged('write', { class: 'service', why: 'sets the clock' })
				: judged('read');
		case 'hostname':
			return args.some((arg) => !arg.startsWith('-')) ? judged('write', { class: 'service', why: 'renames the machine' }) : judged('read');
		case 'sleep':
			return { ...judged('read'), hazards: [{ class: 'unbounded', why: 'waits; give it an end of its own' }] };
		case 'yes':
		case 'wait':
			return judged('read', { unbounded: true });
		case 'read':
			return judged('read', { interactive: call.stdin.kind === 'none' });
		case 'source':
		case '.':
			return judgeSource(args);
		case 'trap':
		case 'alias':
			return args.length === 0 ? judged('read') : judged('unknown');
		case 'mail':
		case 'sendmail':
		case 'wall':
		case 'logger':
			return judged('write', { class: 'service', why: 'sends a message' });
		case 'strace':
		case 'perf':
			return judged('unknown', { unbounded: true });
		case 'open':
		case 'xdg-open':
		case 'start':
			return judged('local-write', { interactive: true });
		case 'cd':
		case 'pushd':
		case 'popd':
		case 'true':
		case 'false':
		case ':':
		case 'exit':
		case 'return':
		case 'break':
		case 'continue':
		case 'shift':
		case 'local':
		case 'clear':
		case 'umask':
			return judged('output');
		default:
			return judgeShownFiles(call);
	}
}

function judgeSed(call: Call): Judgement {
	const flags = readArgs(call.args, ['-e', '-f', '--expression', '--file']);
	const scripts = [
		...flags.values('-e', '--expression'),
		...(flags.value('-e', '--expression', '-f', '--file') === null ? flags.operands.slice(0, 1) : []),
	];
	const shown = judgeShownFiles(call);
	if (flags.has('-i', '--in-place'))
		return together([shown, judged('local-write', { class: 'file-write', why: 'changes files in place' })]);
	// `w file` and `e` inside a script write files and run programs.
	if (
		flags.has('-f', '--file') ||
		scripts.some((script) => /(?:^|[;}\s/0-9])(?:[wW]\s+\S|e(?:\s|$))|s(.).*\1.*\1[a-z0-9]*[ew]/.test(script))
	)
		return judged('unknown');
	return shown;
}

function judgeSource(args: readonly string[]): Judgement {
	const file = args[0] ?? '';
	if (file.startsWith('<(')) return judged('block', { class: 'pipe-to-shell', why: 'runs text from elsewhere as shell' });
	return judged('unknown', { class: 'shell-script', why: 'runs a file that is not in the document in this shell' });
}
