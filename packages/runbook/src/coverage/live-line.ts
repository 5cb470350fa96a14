import type { Binding, Command } from '../model.ts';

/** Kinds of lines that something could look after (rule C1). */
export type LiveLineKind = 'symptom' | 'cause' | 'criterion' | 'step' | 'item' | 'contact' | 'command' | 'url';

/** A line that could be live. */
export interface LiveLine {
	readonly kind: LiveLineKind;
	readonly address: string;
	readonly line: number;
	readonly text: string;
	readonly bindings: readonly Binding[];
	/** A contact or URL that is only a placeholder. */
	readonly placeholder: boolean;
	readonly commands: readonly Command[];
	/** The line changes something when it is carried out. */
	readonly changes: boolean;
	/** In a rollback, an emergency or an on-call contact: where a dead line costs most. */
	readonly urgent: boolean;
	/** Name of the runbook's issue or procedure, for sentences. */
	readonly within: string;
}
