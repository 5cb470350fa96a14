'use client';

/** Shown when a page cannot be made: the reason stands in the server's log under the reference. */
export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
	return (
		<section className="narrow" role="alert">
			<p className="eyebrow">500</p>
			<h1>This page cannot be shown right now.</h1>
			<p className="lead">The shop could not read what it needs. Nothing you did caused it, and no order was placed.</p>
			{error.digest && (
				<p className="quiet">
					Reference <span className="code">{error.digest}</span>
				</p>
			)}
			<p>
				<button type="button" className="button" onClick={() => window.location.reload()}>
					Load the page again
				</button>
			</p>
		</section>
	);
}
