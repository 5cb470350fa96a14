import type { ReactNode } from 'react';
import type { ProductKind } from '../backend/products.ts';

const drawings: Record<ProductKind, ReactNode> = {
	rope: (
		<>
			<circle cx="60" cy="60" r="30" />
			<circle cx="60" cy="60" r="22" />
			<circle cx="60" cy="60" r="14" />
			<path d="M89 66c6 8 4 20-6 26s-22 2-30-2" />
		</>
	),
	cleat: (
		<>
			<path d="M22 48c12-4 22-4 30-2h16c8-2 18-2 30 2-8 8-18 10-28 9v15H50V57c-10 1-20-1-28-9z" />
			<path d="M42 72h36v10H42z" />
		</>
	),
	lantern: (
		<>
			<path d="M44 40h32l6 44H38z" />
			<path d="M36 84h48v8H36zM48 40v-8h24v8M50 32c0-14 20-14 20 0" />
			<path d="M60 74c-8-6-6-13 0-20 6 7 8 14 0 20z" />
		</>
	),
	block: (
		<>
			<path d="M60 26c20 0 26 16 26 32s-8 34-26 34-26-18-26-34 6-32 26-32z" />
			<circle cx="60" cy="58" r="16" />
			<circle cx="60" cy="58" r="4" />
			<path d="M54 26v-8h12v8" />
		</>
	),
	knife: (
		<>
			<path d="M28 78l38-38c12-10 22-14 28-14 0 8-6 18-16 28L50 82z" />
			<path d="M28 78l-8 14 6 6 24-16" />
			<path d="M40 76l6 6" />
		</>
	),
	bell: (
		<>
			<path d="M60 28c16 0 22 12 22 26 0 16 4 22 12 28H26c8-6 12-12 12-28 0-14 6-26 22-26z" />
			<path d="M54 28v-8h12v8M52 82c0 10 16 10 16 0" />
		</>
	),
	bag: (
		<>
			<path d="M34 46h52l6 48H28z" />
			<path d="M46 46c0-24 28-24 28 0" />
			<path d="M30 70h60" />
		</>
	),
	compass: (
		<>
			<circle cx="60" cy="62" r="32" />
			<path d="M60 38l8 24-8 24-8-24z" />
			<path d="M60 62h.1M54 30v-8h12v8" />
		</>
	),
	shackle: (
		<>
			<path d="M44 40v22c0 36 32 36 32 0V40" />
			<path d="M34 34h52v10H34z" />
			<path d="M28 36v6M92 36v6" />
		</>
	),
	flag: (
		<>
			<path d="M34 20v80" />
			<path d="M34 26c18-8 30 8 54 0v40c-24 8-36-8-54 0z" />
			<path d="M61 27v38M34 46c18-8 30 8 54 0" />
		</>
	),
};

/** A drawing of the product's kind. Decoration: the name stands beside it. */
export function ProductArt({ kind }: { kind: ProductKind }) {
	return (
		<div className={`art art-${kind}`} aria-hidden="true">
			<svg viewBox="0 0 120 120" role="presentation">
				{drawings[kind]}
			</svg>
		</div>
	);
}
