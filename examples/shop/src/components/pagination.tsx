import Link from 'next/link';

export function Pagination({ page, pageCount }: { page: number; pageCount: number }) {
	if (pageCount < 2) return null;
	const place = (target: number): string => (target === 1 ? '/products' : `/products?page=${target}`);
	return (
		<nav className="pagination" aria-label="Pages of the catalogue">
			{page > 1 ? (
				<Link className="button button-quiet" href={place(page - 1)} rel="prev">
					Previous
				</Link>
			) : (
				<span />
			)}
			<span className="quiet">
				Page {page} of {pageCount}
			</span>
			{page < pageCount ? (
				<Link className="button button-quiet" href={place(page + 1)} rel="next">
					Next
				</Link>
			) : (
				<span />
			)}
		</nav>
	);
}
