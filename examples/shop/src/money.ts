const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

/** An amount of euro cents, as it is shown. */
export function formatMoney(cents: number): string {
	return euros.format(cents / 100);
}
