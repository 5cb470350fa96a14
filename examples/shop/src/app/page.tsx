import Link from 'next/link';
import { listProducts } from '../backend/products.ts';
import { ProductCard } from '../components/product-card.tsx';

export default async function HomePage() {
	const { products, total } = await listProducts(1);
	return (
		<>
			<section className="hero">
				<p className="eyebrow">Chandlery since yesterday</p>
				<h1>Rope, brass and canvas for small boats.</h1>
				<p className="lead">Things that hold. Made to be repaired, priced to be used, drawn rather plainly.</p>
				<p>
					<Link className="button" href="/products">
						See all products
					</Link>
				</p>
				<svg viewBox="0 0 32 32" aria-hidden="true">
					<path d="M9 3v15a7 7 0 0 0 14 0v-3a4 4 0 0 0-8 0v16" />
				</svg>
			</section>
			<section aria-labelledby="some">
				<div className="section-head">
					<h2 id="some">Products</h2>
					{total > 0 && <Link href="/products">All {total}</Link>}
				</div>
				{total === 0 ? (
					<p className="empty">The shelves are empty at the moment.</p>
				) : (
					<ul className="grid">
						{products.slice(0, 3).map((product) => (
							<ProductCard key={product.slug} product={product} />
						))}
					</ul>
				)}
			</section>
		</>
	);
}
