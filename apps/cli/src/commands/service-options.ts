import { type Command, InvalidArgumentError } from 'commander';

/** How a command is told which service is meant, without a configuration. */
export interface ServiceOptions {
	readonly url?: string;
	readonly runbook?: string;
	readonly private?: boolean;
	/** Seconds. */
	readonly overall?: number;
}

export function addServiceOptions(command: Command): Command {
	return command
		.option('--url <url>', 'the application, instead of a configuration; a loopback URL implies --private')
		.option('--runbook <file>', 'the runbook, instead of the one of the configuration')
		.option('--private', 'private and loopback addresses are allowed')
		.option('--overall <seconds>', 'longest the checks may take together', readSeconds, 10);
}

function readSeconds(value: string): number {
	const seconds = Number(value);
	if (/^\d+(\.\d+)?$/.test(value) && seconds >= 0.1 && seconds <= 300) return seconds;
	throw new InvalidArgumentError('Expected seconds from 0.1 to 300, for example --overall 10.');
}
