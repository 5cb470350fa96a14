/** Vendors known by name in prose, and the hosts that are theirs. */
export interface Vendor {
	readonly name: string;
	readonly words: RegExp;
	readonly hosts: RegExp;
	/** Runs the application itself: "platform" in a document means it. */
	readonly platform: boolean;
}

const vendor = (name: string, words: RegExp, hosts: RegExp, platform = false): Vendor => ({ name, words, hosts, platform });

export const vendors: readonly Vendor[] = [
	vendor('convex', /\bconvex\b/i, /(?:^|\.)convex\.(?:dev|cloud|site)$/i),
	vendor('sentry', /\bsentry\b/i, /(?:^|\.)sentry\.io$/i),
	vendor('vercel', /\bvercel\b/i, /(?:^|\.)(?:vercel(?:-status)?\.com|vercel\.app)$/i, true),
	vendor('netlify', /\bnetlify\b/i, /(?:^|\.)netlify(?:status)?\.(?:com|app)$/i, true),
	vendor('cloudflare', /\bcloudflare\b/i, /(?:^|\.)(?:cloudflare(?:status)?\.com|pages\.dev|workers\.dev)$/i, true),
	vendor('render', /\brender(?:\.com)\b|\bon Render\b/, /(?:^|\.)(?:render|onrender)\.com$/i, true),
	vendor('railway', /\brailway\b/i, /(?:^|\.)railway\.(?:com|app)$/i, true),
	vendor('fly', /\bfly\.io\b/i, /(?:^|\.)(?:fly\.io|flyio\.net|fly\.dev)$/i, true),
	vendor('heroku', /\bheroku\b/i, /(?:^|\.)heroku(?:app|status)?\.com$/i, true),
	vendor('supabase', /\bsupabase\b/i, /(?:^|\.)supabase\.(?:com|co|io)$/i),
	vendor('clerk', /\bclerk\b/i, /(?:^|\.)clerk\.(?:com|dev|accounts\.dev)$/i),
	vendor('stripe', /\bstripe\b/i, /(?:^|\.)stripe\.com$/i),
	vendor('neon', /\bneon\b/i, /(?:^|\.)neon\.tech$/i),
	vendor('upstash', /\bupstash\b/i, /(?:^|\.)upstash\.(?:com|io)$/i),
	vendor('github', /\bgithub\b/i, /(?:^|\.)github(?:status)?\.com$/i),
	vendor('datadog', /\bdatadog\b/i, /(?:^|\.)datadoghq\.(?:com|eu)$/i),
	vendor('pagerduty', /\bpagerduty\b/i, /(?:^|\.)pagerduty\.com$/i),
];

export function findVendors(text: string): readonly Vendor[] {
	return vendors.filter(({ words }) => words.test(text));
}

export function findHostVendor(host: string): Vendor | undefined {
	return vendors.find(({ hosts }) => hosts.test(host));
}
