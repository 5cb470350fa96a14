import type { Metadata } from 'next';
import { listProducts, parsePage } from '../../backend/products.ts';
import { Pagination } from '../../components/pagination.tsx';
import { ProductCard } from '../../components/product-card.tsx';

export const metadata: Metadata = { title: 'Products' };

export default async function ProductsPage({ searchParams }: { searchParams: Promise<{ page?: string | string[] }> }) {
	const { products, page, pageCount, total } = await listProducts(parsePage((await searchParams).page));
	return (
		<>
			<div className="section-head">
				<h1>Products</h1>
				{total > 0 && <p className="quiet">{total === 1 ? '1 thing' : `${total} things`}</p>}
			</div>
			{total === 0 ? (
				<p className="empty">The shelves are empty at the moment. New things come in on Thursdays.</p>
			) : (
				<ul className="grid">
					{products.map((product) => (
						<ProductCard key={product.slug} product={product} />
					))}
				</ul>
			)}
			<Pagination page={page} pageCount={pageCount} />
		</>
	);
}
