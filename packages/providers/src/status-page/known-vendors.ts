/** Vendors whose public status page is a Statuspage v2 site, by convention at `/api/v2/`. Vendors move: a URL works in place of a name. */

export interface KnownVendor {
	/** As a person writes it. */
	readonly title: string;
	/** Base URL of the page. */
	readonly page: string;
	readonly also?: readonly string[];
}

export const knownVendors: Readonly<Record<string, KnownVendor>> = {
	convex: { title: 'Convex', page: 'https://status.convex.dev' },
	sentry: { title: 'Sentry', page: 'https://status.sentry.io' },
	vercel: { title: 'Vercel', page: 'https://www.vercel-status.com', also: ['next', 'nextjs'] },
	github: { title: 'GitHub', page: 'https://www.githubstatus.com' },
	cloudflare: { title: 'Cloudflare', page: 'https://www.cloudflarestatus.com' },
	netlify: { title: 'Netlify', page: 'https://www.netlifystatus.com' },
	render: { title: 'Render', page: 'https://status.render.com' },
	fly: { title: 'Fly.io', page: 'https://status.flyio.net', also: ['fly.io', 'flyio'] },
	supabase: { title: 'Supabase', page: 'https://status.supabase.com' },
	clerk: { title: 'Clerk', page: 'https://status.clerk.com' },
	neon: { title: 'Neon', page: 'https://neonstatus.com' },
	upstash: { title: 'Upstash', page: 'https://status.upstash.com' },
	openai: { title: 'OpenAI', page: 'https://status.openai.com' },
	stripe: { title: 'Stripe', page: 'https://status.stripe.com' },
};

/** @returns the vendor by name or by another name for it; null when it is not known. */
export function findVendor(name: string): (KnownVendor & { readonly id: string }) | null {
	const wanted = name.trim().toLowerCase();
	for (const [id, vendor] of Object.entries(knownVendors)) {
		if (id === wanted || vendor.title.toLowerCase() === wanted || vendor.also?.includes(wanted) === true) return { id, ...vendor };
	}
	return null;
}
