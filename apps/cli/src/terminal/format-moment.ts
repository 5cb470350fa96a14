/** A moment for a person: `2026-11-28 03:12 UTC`. @param iso ISO 8601, UTC */
export function formatMoment(iso: string): string {
	return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
