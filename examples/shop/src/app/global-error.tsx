'use client';

import { useEffect } from 'react';
import './globals.css';

/** Shown when not even the frame of the page can be made. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
	useEffect(() => {
		// Fetched only where there is a DSN: see instrumentation-client.ts.
		if (document.documentElement.dataset.sentryDsn) void import('@sentry/nextjs').then((Sentry) => Sentry.captureException(error));
	}, [error]);
	return (
		<html lang="en">
			<body>
				<main className="page narrow" role="alert">
					<title>Not available · Bight &amp; Cleat</title>
					<p className="eyebrow">500</p>
					<h1>The shop cannot be shown right now.</h1>
					<p className="lead">It could not read what it needs. No order was placed.</p>
					{error.digest && (
						<p className="quiet">
							Reference <span className="code">{error.digest}</span>
						</p>
					)}
				</main>
			</body>
		</html>
	);
}
