import type { MessageKind, Severity } from '../message.ts';

export const severityWords: Readonly<Record<Severity, string>> = {
	critical: 'Critical',
	major: 'Major',
	minor: 'Minor',
	info: 'For information',
};

/** What goes before the title. @param lasted how long it has lasted: `4 min`. */
export function stateWords(kind: MessageKind, severity: Severity, lasted: string): string {
	switch (kind) {
		case 'opened':
			return severityWords[severity];
		case 'updated':
			return 'Update';
		case 'acknowledged':
			return 'Acknowledged';
		case 'resolved':
			return `Resolved after ${lasted}`;
		case 'digest':
			return 'Digest';
		case 'test':
			return 'Test';
		default: {
			const never: never = kind;
			throw new Error(`expected a kind of message, got ${String(never)}`);
		}
	}
}
