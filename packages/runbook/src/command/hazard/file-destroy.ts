import { type Call, type Family, type Judgement, judged, together } from '../call.ts';
import { readArgs } from '../read-args.ts';
import { wordList } from '../word-list.ts';

const destroys = (why: string) => judged('block', { class: 'file-destroy', why });

/** Places whose content belongs to the system: a write there is more than a local one. */
const systemPlace = /^\/$|^\/(?:etc|usr|boot|bin|sbin|lib|lib64|proc|sys|opt|root|var\/(?:lib|spool|www))(?:\/|$)/;

/** Files and disks (rule E2). */
export const fileFamily: Family = {
	tools: wordList(`
		rm unlink rmdir shred srm wipefs dd fdisk sfdisk parted sgdisk blkdiscard truncate find fd mv cp install ln mkdir
		touch chmod chown chgrp chattr setfacl rsync scp sftp tee split mkfs mkfs.ext4 mkfs.ext3 mkfs.xfs mkfs.btrfs mkfs.vfat
		mke2fs mkswap lvremove vgremove pvremove zpool zfs tar zip unzip gzip gunzip bzip2 xz zstd patch mktemp rename del rd
		erase
	`),
	judge: judgeFiles,
};

function judgeFiles(call: Call): Judgement {
	const { tool, args } = call;
	switch (tool) {
		case 'rm':
		case 'del':
		case 'rd':
		case 'erase':
		case 'unlink':
			return judgeRemove(call);
		case 'rmdir':
			return judged('local-write');
		case 'shred':
		case 'srm':
		case 'wipefs':
		case 'blkdiscard':
		case 'mkfs':
		case 'mke2fs':
		case 'mkswap':
		case 'lvremove':
		case 'vgremove':
		case 'pvremove':
			return destroys('overwrites or wipes a disk or a file for good');
		case 'zpool':
		case 'zfs':
			return args.some((arg) => /^(?:destroy|rollback|labelclear)$/.test(arg))
				? destroys('destroys a file system or what was written since a snapshot')
				: /^(?:list|status|get|iostat)$/.test(args[0] ?? '')
					? judged('read')
					: judged('write');
		case 'fdisk':
		case 'sfdisk':
		case 'parted':
		case 'sgdisk':
			return args.some((arg) => arg === '-l' || arg === '--list' || arg === 'print')
				? judged('read')
				: destroys('rewrites the partition table');
		case 'dd':
			return judgeDd(args);
		case 'truncate':
			return judged('destructive', { class: 'file-destroy', why: 'cuts a file off' });
		case 'find':
		case 'fd':
			return judgeFind(call);
		case 'rsync':
			return judgeRsync(args);
		case 'scp':
		case 'sftp':
			return judged('write', { class: 'fleet-exec', why: 'copies files from or to another machine' });
		case 'tee':
			return judgeTargets(args.filter((arg) => !arg.startsWith('-')));
		case 'tar':
			return args.some((arg) => arg === '--list' || arg === '-t' || /^-?[a-z]*t[a-z]*$/.test(arg) === true) &&
				!/^-?[a-z]*[xcru]/.test(args[0] ?? '')
				? judged('read')
				: judged('local-write');
		case 'unzip':
			return args.some((arg) => /^-[lt]/.test(arg)) ? judged('read') : judged('local-write');
		case 'chmod':
		case 'chown':
		case 'chgrp':
		case 'chattr':
		case 'setfacl':
			return together([judged('local-write'), judgeTargets(args.filter((arg) => arg.startsWith('/')))]);
		default:
			if (tool.startsWith('mkfs')) return destroys('makes a new file system over what is there');
			return judgeTargets(args.filter((arg) => !arg.startsWith('-')).slice(-1));
	}
}

function judgeRemove({ args }: Call): Judgement {
	const flags = readArgs(args);
	if (flags.has('-r', '-R', '-f', '--recursive', '--force', '/s', '/q') || args.some((arg) => /^\/[sq]$/i.test(arg))) {
		return destroys('deletes files without asking, folders included');
	}
	return judged('destructive', { class: 'file-destroy', why: 'deletes files' });
}

function judgeDd(args: readonly string[]): Judgement {
	const target = args.find((arg) => arg.startsWith('of='))?.slice(3);
	if (target === undefined) return judged('read');
	if (target === '/dev/null') return judged('read');
	return destroys('writes raw bytes over a file or a disk');
}

function judgeFind(call: Call): Judgement {
	const { args } = call;
	if (args.includes('-delete')) return destroys('deletes every file it finds');
	const parts: Judgement[] = [judged('read')];
	for (const [index, arg] of args.entries()) {
		if (/^-(?:exec|execdir|ok|okdir|x|X|-exec|-exec-batch)$/.test(arg)) {
			const rest = args.slice(index + 1);
			const stop = rest.findIndex((word) => word === ';' || word === '+' || word === '\\;');
			parts.push(call.inner(stop === -1 ? rest : rest.slice(0, stop)));
		}
		if (/^-f(?:print|print0|printf|ls)$/.test(arg)) parts.push(judged('local-write'));
	}
	return together(parts);
}

function judgeRsync(args: readonly string[]): Judgement {
	const flags = readArgs(args);
	if (flags.has('--dry-run', '-n')) return judged('read');
	if (args.some((arg) => arg.startsWith('--delete') || arg === '--del' || arg.startsWith('--remove-source'))) {
		return destroys('deletes what the source does not have');
	}
	const remote = flags.operands.some((operand) => /^[^/]+:/.test(operand));
	return remote ? judged('write', { class: 'fleet-exec', why: 'copies files from or to another machine' }) : judged('local-write');
}

/** What a write to these files amounts to (rule E20): nothing for `/dev/null`, a disk's end for `/dev/sda`. */
export function judgeTargets(targets: readonly string[]): Judgement {
	return together(
		targets.map((target) => {
			if (/^\/dev\/(?:null|stdout|stderr|tty|fd\/\d+)$/.test(target)) return judged('output');
			if (/^\/dev\/(?:sd|nvme|hd|vd|xvd|disk|mapper|mem)/.test(target)) return destroys('writes over a disk');
			if (systemPlace.test(target)) return judged('write');
			return judged('local-write');
		}),
	);
}
