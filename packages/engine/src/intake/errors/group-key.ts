export function groupKey(service: string, fingerprint: string): string {
	return `${fingerprint} ${service}`;
}
