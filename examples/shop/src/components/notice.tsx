import type { ReactNode } from 'react';

/** One sentence about what just happened. Problems are announced at once. */
export function Notice({ tone, children }: { tone: 'good' | 'bad'; children: ReactNode }) {
	return (
		<p className={`notice notice-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
			{children}
		</p>
	);
}
