import Link from 'next/link';
import type { Product } from '../backend/products.ts';
import { formatMoney } from '../money.ts';
import { ProductArt } from './product-art.tsx';

export function ProductCard({ product }: { product: Product }) {
	return (
		<li className="card">
			<ProductArt kind={product.kind} />
			<div className="card-text">
				<h3>
					<Link href={`/products/${product.slug}`} className="card-link">
						{product.name}
					</Link>
				</h3>
				<p className="quiet">{product.summary}</p>
				<p className="card-foot">
					<span className="price">{formatMoney(product.price)}</span>
					<StockNote stock={product.stock} />
				</p>
			</div>
		</li>
	);
}

export function StockNote({ stock }: { stock: number }) {
	if (stock === 0) return <span className="stock stock-none">Sold out</span>;
	if (stock <= 6) return <span className="stock stock-low">Only {stock} left</span>;
	return <span className="stock">In stock</span>;
}
