import type { Binding } from '../model.ts';

/** A binding that waits for somebody to accept it, and the node it is for. */
export interface Proposal {
	readonly address: string;
	readonly line: number;
	readonly binding: Binding;
}
