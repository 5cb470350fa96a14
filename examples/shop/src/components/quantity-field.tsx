'use client';

import { useState } from 'react';
import { formatMoney } from '../money.ts';

/** How many, with the sum of it. Without JavaScript it is a plain number field. */
export function QuantityField({ unitPrice, max }: { unitPrice: number; max: number }) {
	const [text, setText] = useState('1');
	const quantity = /^\d{1,4}$/.test(text) ? Number(text) : 0;
	const isGood = quantity >= 1 && quantity <= max;
	const step = (by: number): void => setText(String(Math.min(max, Math.max(1, quantity + by))));
	return (
		<div className="quantity">
			<label htmlFor="quantity">Quantity</label>
			<div className="stepper">
				<button type="button" onClick={() => step(-1)} disabled={quantity <= 1} aria-label="One less">
					−
				</button>
				<input
					id="quantity"
					name="quantity"
					type="number"
					inputMode="numeric"
					min={1}
					max={max}
					required
					value={text}
					onChange={(event) => setText(event.target.value)}
				/>
				<button type="button" onClick={() => step(1)} disabled={quantity >= max} aria-label="One more">
					+
				</button>
			</div>
			<output htmlFor="quantity" className="sum">
				{isGood ? `${formatMoney(quantity * unitPrice)} together` : `1 to ${max}, please`}
			</output>
		</div>
	);
}
