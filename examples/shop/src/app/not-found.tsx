import type { Metadata } from 'next';
import Link from 'next/link';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
	return (
		<section className="narrow">
			<p className="eyebrow">404</p>
			<h1>There is nothing at this address.</h1>
			<p className="lead">The thing you look for may be sold out for good, or the link is mistyped.</p>
			<p>
				<Link className="button" href="/products">
					See all products
				</Link>
			</p>
		</section>
	);
}
