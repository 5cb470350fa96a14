import type { Metadata, Viewport } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { PageVitals } from '../components/page-vitals.tsx';
import { SiteHeader } from '../components/site-header.tsx';
import { browserSentryDsn } from '../environment.ts';
import { maintenance } from '../monitoring/maintenance.ts';
import './globals.css';

export const metadata: Metadata = {
	title: { default: 'Bight & Cleat', template: '%s · Bight & Cleat' },
	description: 'Rope, brass and canvas for small boats.',
};

export const viewport: Viewport = {
	colorScheme: 'light dark',
	themeColor: [
		{ media: '(prefers-color-scheme: light)', color: '#faf7f1' },
		{ media: '(prefers-color-scheme: dark)', color: '#10181d' },
	],
};

export default function RootLayout({ children }: { children: ReactNode }) {
	return (
		<html lang="en" data-sentry-dsn={browserSentryDsn ?? undefined}>
			<body>
				<a href="#content" className="skip">
					Skip to content
				</a>
				<SiteHeader />
				{maintenance.report().on && (
					<p className="banner" role="status">
						We are at work on the shop. You can look around; signing in and ordering have to wait a few minutes.
					</p>
				)}
				<main id="content" className="page">
					{children}
				</main>
				<footer className="site-footer">
					<p>
						Bight &amp; Cleat is an example shop. Nothing is shipped. <Link href="/products">All products</Link>
					</p>
				</footer>
				<PageVitals />
			</body>
		</html>
	);
}
