import type { VendorReach, VendorVerdict } from './verdict.ts';

export interface VendorStatus {
	readonly vendor: string;
	/** URL of the page that people look at. */
	readonly page: string;
	readonly indicator: 'none' | 'minor' | 'major' | 'critical' | 'maintenance';
	readonly description: string;
	readonly incidents: readonly { readonly name: string; readonly status: string; readonly impact: string; readonly url: string | null }[];
	/** ISO 8601, or null when the page does not say. */
	readonly updatedAt: string | null;
}

export interface StatusPagePort {
	/** Whether a known vendor's page stands at this host (`status.convex.dev`, with its port where it has one). Absent: none does. */
	isKnownPage?(host: string): boolean;
	/** `vendor`: a known name (`convex`) or the URL of a Statuspage v2 site. */
	readStatus(vendor: string, signal: AbortSignal, reach?: VendorReach): Promise<VendorVerdict<VendorStatus>>;
}
