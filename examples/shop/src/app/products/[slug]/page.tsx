import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { maxQuantity } from '../../../backend/orders.ts';
import { findProduct } from '../../../backend/products.ts';
import { Notice } from '../../../components/notice.tsx';
import { ProductArt } from '../../../components/product-art.tsx';
import { StockNote } from '../../../components/product-card.tsx';
import { QuantityField } from '../../../components/quantity-field.tsx';
import { formatMoney } from '../../../money.ts';
import { readVisitor } from '../../../security/visitor.ts';

/** Once for the title and the page together. */
const findOnce = cache(findProduct);

interface Props {
	params: Promise<{ slug: string }>;
	searchParams: Promise<{ problem?: string | string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
	return { title: (await findOnce((await params).slug))?.name ?? 'Not found' };
}

export default async function ProductPage({ params, searchParams }: Props) {
	const product = await findOnce((await params).slug);
	if (product === null) notFound();
	const { problem } = await searchParams;
	const { account, token, isUnknown } = await readVisitor();
	const max = Math.min(product.stock, maxQuantity);
	return (
		<article className="product">
			<ProductArt kind={product.kind} />
			<div className="product-text">
				<p>
					<Link href="/products">← All products</Link>
				</p>
				<h1>{product.name}</h1>
				<p className="lead">{product.summary}</p>
				<p>{product.description}</p>
				<p className="product-price">
					<span className="price">{formatMoney(product.price)}</span>
					<StockNote stock={product.stock} />
				</p>
				{problem === 'quantity' && <Notice tone="bad">Choose a quantity from 1 to {max}.</Notice>}
				{max === 0 ? (
					<p className="empty">Sold out. It usually comes back within two weeks.</p>
				) : isUnknown ? (
					<Notice tone="bad">Orders cannot be taken at the moment: the shop cannot read who is signed in.</Notice>
				) : account?.synthetic ? (
					<p className="empty">This account is for monitoring: it can look, and not order.</p>
				) : account === null ? (
					<p>
						<Link className="button" href={`/sign-in?next=${encodeURIComponent(`/products/${product.slug}`)}`}>
							Sign in to order
						</Link>
					</p>
				) : (
					<form method="post" action="/api/orders" className="order-form">
						<input type="hidden" name="csrf_token" value={token ?? ''} />
						<input type="hidden" name="slug" value={product.slug} />
						<QuantityField unitPrice={product.price} max={max} />
						<button type="submit" className="button">
							Place order
						</button>
					</form>
				)}
			</div>
		</article>
	);
}
