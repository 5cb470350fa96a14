import type { LogEvent } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { makePrintable } from '../terminal/printable.ts';

/** One line for what a person watching wants to see; nothing for the rest. */
export function renderEvent(event: LogEvent, { style }: Layout): readonly string[] {
	const text = (field: string): string => makePrintable(String(event[field] ?? ''));
	switch (event.event) {
		case 'incident.transition': {
			const paint = event.to === 'fail' ? style.red : event.to === 'ok' ? style.green : style.yellow;
			// The first good look of each of a hundred monitors is no news.
			if (event.from === 'new' && event.to === 'ok') return [];
			const incident = event.incident === null ? '' : ` · incident ${text('incident')}${event.effect === null ? '' : ` ${text('effect')}`}`;
			return [`${paint(text('to'))} ${text('service')} ${text('key')}: ${text('reason')}${incident}`];
		}
		case 'notification.attempt':
			return [`${text('outcome')}: ${text('channel')} (${text('reason')})`];
		case 'check.run':
		case 'watch.gap':
		case 'engine.start':
		case 'engine.stop':
			return [];
		default:
			return [
				`${event.level === 'info' ? text('event') : style.yellow(text('event'))} ${text('duty')} ${text('reason')}`
					.replace(/\s+/g, ' ')
					.trim(),
			];
	}
}
