/** A size for a person: `5 MB`, `812 KB`, `17 bytes` (1 MB = 1024 × 1024 bytes). */
export function formatSize(bytes: number): string {
	if (bytes < 1024) return `${bytes} bytes`;
	if (bytes < 1024 * 1024) return `${trim(bytes / 1024)} KB`;
	return `${trim(bytes / 1024 / 1024)} MB`;
}

function trim(value: number): string {
	return value.toFixed(1).replace(/\.0$/, '');
}
