/** One wide event for each unit of work. A rim writes it as one line of JSON, or in words. */
export type LogLevel = 'info' | 'warn' | 'error';

export interface LogEvent {
	/** `check.run`, `incident.transition`, `notification.attempt`, `duty.failed`, `engine.start`, `engine.stop` */
	readonly event: string;
	/** `error`: somebody must act; `warn`: it is tried again. */
	readonly level: LogLevel;
	/** Never a secret. */
	readonly [field: string]: string | number | boolean | null | readonly string[];
}

export type Log = (event: LogEvent) => void;
