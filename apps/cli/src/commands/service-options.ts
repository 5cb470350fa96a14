import { type Command, InvalidArgumentError } from 'commander';

/** How a command is told which service is meant, without a configuration. */
export interface ServiceOptions {
	readonly url?: string;
	readonly runbook?: string;
	readonly private?: boolean;
	/** A PEM file. */
	readonly ca?: string;
	/** False after `--no-history`. */
	readonly history?: boolean;
	/** Seconds. */
	readonly overall?: number;
}

/** @param takes Whether the command reads a runbook: an option that changes nothing is refused. */
export function addServiceOptions(command: Command, takes = { runbook: true }): Command {
	command.option('--url <url>', 'the application; with --config or --service instead of its own URL. A loopback URL implies --private');
	if (takes.runbook) command.option('--runbook <file>', 'the runbook, instead of the one of the configuration');
	return command
		.option('--private', 'private and loopback addresses are allowed')
		.option('--ca <file>', 'further certificate authorities to trust, in PEM form')
		.option('--no-history', 'remember nothing of earlier runs, and do not write this one down')
		.option('--overall <seconds>', 'longest the checks may take together', readSeconds, 10);
}

function readSeconds(value: string): number {
	const seconds = Number(value);
	if (/^\d+(\.\d+)?$/.test(value) && seconds >= 0.1 && seconds <= 300) return seconds;
	throw new InvalidArgumentError('Expected seconds from 0.1 to 300, for example --overall 10.');
}
