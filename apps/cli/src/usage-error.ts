import type { Command, CommanderError } from 'commander';

/** An example for each command: shown with every usage error. */
const examples: Readonly<Record<string, string>> = {
	diagnose: 'holdfast diagnose "blank page" --url http://localhost:3000 --runbook RUNBOOK.md',
	check: 'holdfast check http.health path=/api/health --url http://localhost:3000',
	init: 'holdfast init RUNBOOK.md http://localhost:3000',
	help: 'holdfast help http.health',
	show: 'holdfast runbook show RUNBOOK.md',
	lint: 'holdfast runbook lint RUNBOOK.md',
	coverage: 'holdfast runbook coverage RUNBOOK.md',
	bind: 'holdfast runbook bind RUNBOOK.md --accept certain',
	unbind: 'holdfast runbook unbind RUNBOOK.md',
	dev: 'holdfast dev faults',
	break: 'holdfast dev break FAULT, one of holdfast dev faults',
	mend: 'holdfast dev mend',
	faults: 'holdfast dev faults',
	runbook: 'holdfast runbook show RUNBOOK.md',
	channels: 'holdfast channels test',
	inbox: 'holdfast inbox --all',
	errors: 'holdfast errors --since 7d',
	resolve: 'holdfast errors resolve 12',
	logs: 'holdfast logs --grep "order 4211" --since 24h',
	vitals: 'holdfast vitals --since 7d',
	releases: 'holdfast releases new shop@1.4.0',
	incident: 'holdfast incident show 3',
	'incident open': 'holdfast incident open "Orders are sent twice" --severity critical',
	'incident note': 'holdfast incident note 3 the fuse blew',
	'incident merge': 'holdfast incident merge 4 3',
	'incident role': 'holdfast incident role 3 lead Ada',
	'incident ack': 'holdfast incident ack 3',
	'incident resolve': 'holdfast incident resolve 3',
	'incident reopen': 'holdfast incident reopen 3',
	'incident postmortem': 'holdfast incident postmortem 3 > post-mortem.md',
	maintenance: 'holdfast maintenance on --for 2h --reason "new oven"',
};

/** Groups whose commands are called as those of others are. */
const OWN_WORDS: readonly string[] = ['incident', 'maintenance'];

export interface UsageFault {
	/** One sentence on what was wrong. */
	readonly message: string;
	/** An example of what works. */
	readonly hint: string;
}

export function describeUsageError(error: CommanderError, argv: readonly string[], program: Command): UsageFault {
	const hint = exampleFor(argv);
	if (error.code === 'commander.help') return { message: `holdfast ${argv.join(' ')}: expected a command after it.`, hint };
	const [first = '', ...more] = error.message.replace(/^error: /, '').split('\n');
	const sentence = `${first.charAt(0).toUpperCase()}${first.slice(1)}`;
	const suggestion = more.map((line) => line.replace(/^\((.*)\)$/, '$1')).join(' ');
	const known =
		error.code === 'commander.unknownCommand' && suggestion === ''
			? ` Known: ${innermost(program, argv)
					.commands.map((command) => command.name())
					.join(', ')}.`
			: '';
	return { message: `${sentence}${/[.?]$/.test(sentence) ? '' : '.'}${suggestion === '' ? '' : ` ${suggestion}`}${known}`, hint };
}

function exampleFor(argv: readonly string[]): string {
	const words = argv.filter((word) => !word.startsWith('-'));
	// `incident show` is not the `show` of `runbook`.
	const [group = '', word = ''] = words;
	const known = [`${group} ${word}`, ...(OWN_WORDS.includes(group) ? [group] : words.toReversed())].find((one) =>
		Object.hasOwn(examples, one),
	);
	return `For example: ${known === undefined ? 'holdfast help' : examples[known]}`;
}

/** The command whose subcommand was not known: `runbook` in `runbook foo`. */
function innermost(program: Command, argv: readonly string[]): Command {
	const first = argv.find((word) => !word.startsWith('-'));
	const inner = program.commands.find((command) => command.name() === first);
	return inner !== undefined && inner.commands.length > 0 ? inner : program;
}
