import { type Call, type Family, type Judgement, judged, together } from '../call.ts';
import { readArgs } from '../read-args.ts';
import { wordList } from '../word-list.ts';

const valued = wordList(`
		-C -c -m -n -S -G -L --git-dir --work-tree --since --until --author --format --pretty --repo -R --limit --json --jq -q
		-b --branch -w --workflow
	`);
const changes = (why: string) => judged('write', { class: 'git-write', why });
const destroys = (why: string) => judged('destructive', { class: 'git-write', why });

/** Version control: `git` here and the forge it is pushed to (rule E14). */
export const gitFamily: Family = {
	tools: ['git', 'gh', 'glab', 'hub', 'svn', 'hg'],
	judge: (call) => (call.tool === 'git' ? judgeGit(call) : judgeForge(call)),
};

function judgeGit({ args }: Call): Judgement {
	const flags = readArgs(args, valued);
	const [verb = '', sub = ''] = flags.operands;
	const config = flags.values('-c').some((value) => /pager|editor|alias|command|diff\.|hook|ssh/i.test(value))
		? [judged('unknown', { class: 'git-write', why: 'sets a program that git will run' })]
		: [];
	return together([...config, judgeVerb(verb, sub, args)]);
}

function judgeVerb(verb: string, sub: string, args: readonly string[]): Judgement {
	const flags = readArgs(args, valued);
	switch (verb) {
		case 'push':
			if (flags.has('--dry-run', '-n')) return judged('read');
			if (
				flags.has('-f', '--force', '--force-with-lease', '--delete', '-d', '--mirror', '--prune') ||
				flags.operands.some((word) => /^[+:]/.test(word))
			)
				return destroys('overwrites or deletes what others have pushed');
			return changes('publishes commits');
		case 'reset':
			return flags.has('--hard', '--merge', '--keep')
				? destroys('throws away changes that are not committed')
				: judged('local-write', { class: 'git-write', why: 'moves the branch' });
		case 'clean':
			return flags.has('-n', '--dry-run') ? judged('read') : destroys('deletes files that git does not know');
		case 'checkout':
		case 'switch':
		case 'restore':
			if (args.includes('--') || verb === 'restore' || flags.has('-f', '--force', '--discard-changes') || sub === '.')
				return destroys('throws away changes that are not committed');
			return judged('local-write', { class: 'git-write', why: 'changes the files of the checkout' });
		case 'revert':
		case 'merge':
		case 'cherry-pick':
		case 'rebase':
		case 'pull':
		case 'am':
		case 'apply':
			if (verb === 'apply' && flags.has('--check', '--stat')) return judged('read');
			return judged('write', {
				class: 'git-write',
				why: 'changes the history or the files of the checkout',
				interactive: flags.has('-i', '--interactive'),
			});
		case 'tag':
			if (flags.has('-d', '--delete')) return destroys('deletes a tag');
			return sub === '' || flags.has('-l', '--list', '--contains', '-n') ? judged('read') : judged('local-write');
		case 'branch':
			if (flags.has('-D', '-d', '--delete', '-M')) return destroys('deletes or replaces a branch');
			return sub === '' || flags.has('-l', '--list', '-a', '-r', '-v', '-vv', '--contains', '--show-current', '--merged', '--no-merged')
				? judged('read')
				: judged('local-write');
		case 'stash':
			if (/^(?:list|show)$/.test(sub)) return judged('read');
			return /^(?:drop|clear)$/.test(sub)
				? destroys('throws away stashed changes')
				: judged('local-write', { class: 'git-write', why: 'moves changes aside or back' });
		case 'remote':
			return sub === '' || /^(?:show|get-url)$/.test(sub) ? judged('read') : judged('local-write');
		case 'config':
			return flags.has('--list', '-l', '--get', '--get-all') ? judged('read') : judged('local-write');
		case 'bisect':
		case 'worktree':
		case 'submodule':
		case 'notes':
		case 'lfs':
			return /^(?:list|status|log|show|ls-files|)$/.test(sub) ? judged('read') : judged('local-write');
		case 'reflog':
			return /^(?:expire|delete)$/.test(sub) ? destroys('deletes the log that would bring commits back') : judged('read');
		case 'filter-branch':
		case 'filter-repo':
		case 'gc':
		case 'prune':
		case 'update-ref':
			return destroys('rewrites history or deletes what nothing points to');
		case 'add':
		case 'commit':
		case 'fetch':
		case 'clone':
		case 'init':
		case 'mv':
		case 'rm':
		case 'bundle':
		case 'archive':
		case 'format-patch':
			return judged('local-write', { interactive: verb === 'add' && flags.has('-p', '-i') });
		case 'log':
		case 'show':
		case 'diff':
		case 'status':
		case 'blame':
		case 'describe':
		case 'rev-parse':
		case 'rev-list':
		case 'ls-files':
		case 'ls-remote':
		case 'ls-tree':
		case 'shortlog':
		case 'grep':
		case 'cat-file':
		case 'name-rev':
		case 'merge-base':
		case 'cherry':
		case 'range-diff':
		case 'whatchanged':
		case 'count-objects':
		case 'fsck':
		case 'version':
		case 'help':
		case 'for-each-ref':
		case 'diff-tree':
		case 'verify-commit':
		case 'check-ignore':
			return args.some((arg) => arg.startsWith('--output')) ? judged('local-write') : judged('read');
		default:
			return judged(verb === '' && flags.has('--version', '--help') ? 'read' : 'unknown');
	}
}

function judgeForge({ tool, args }: Call): Judgement {
	const flags = readArgs(args, [
		...valued,
		'-X',
		'--method',
		'-F',
		'-f',
		'--field',
		'--raw-field',
		'--input',
		'-H',
		'-t',
		'--title',
		'--body',
	]);
	const [noun = '', verb = ''] = flags.operands;
	const line = `${noun} ${verb}`;
	if (noun === 'api') {
		const method = (
			flags.value('-X', '--method') ?? (flags.has('-F', '-f', '--field', '--raw-field', '--input') ? 'POST' : 'GET')
		).toUpperCase();
		if (method === 'GET' || method === 'HEAD') return judged('read');
		return method === 'DELETE'
			? judged('block', { class: 'http-write', why: 'deletes by an API call' })
			: judged('write', { class: 'http-write', why: 'writes by an API call' });
	}
	if (/^auth (?:token)/.test(line) || (line.startsWith('auth status') && flags.has('-t', '--show-token')))
		return judged('read', { class: 'secrets-to-output', why: 'prints an access token' });
	if (/^auth (?:status)/.test(line)) return judged('read');
	if (noun === 'auth') return judged('local-write', { interactive: true });
	if (/\b(?:delete|remove|archive)\b/.test(verb)) return destroys('deletes something at the forge');
	if (verb === 'watch') return judged('read', { unbounded: true });
	if (
		/^(?:list|ls|view|status|diff|checks|show|get|trace)$/.test(verb) ||
		/^(?:status|log|info|diff|blame|cat|search|browse|list|ls|help|version)$/.test(noun)
	)
		return judged('read');
	if (/^(?:download|checkout|clone)$/.test(verb) || /^(?:checkout|co|update|up|clone|add)$/.test(noun)) return judged('local-write');
	return noun === ''
		? judged('unknown')
		: judged('write', {
				class: 'git-write',
				why: tool === 'gh' || tool === 'glab' || tool === 'hub' ? 'changes something at the forge' : 'publishes or changes commits',
			});
}
