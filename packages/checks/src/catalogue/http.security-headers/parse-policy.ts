/** Content-Security-Policy text to directives (https://www.w3.org/TR/CSP3/#parse-serialized-policy). */

export type Policy = ReadonlyMap<string, readonly string[]>;

/** Several policies of one header are separated by commas; the first directive of a name counts. */
export function parsePolicies(header: string): readonly Policy[] {
	return header
		.split(',')
		.map(parsePolicy)
		.filter((policy) => policy.size > 0);
}

function parsePolicy(text: string): Policy {
	const policy = new Map<string, readonly string[]>();
	for (const part of text.split(';')) {
		const [name, ...values] = part.trim().split(/\s+/);
		if (name === undefined || name === '' || policy.has(name.toLowerCase())) continue;
		policy.set(
			name.toLowerCase(),
			values.map((value) => (value.startsWith("'nonce-") || value.startsWith("'sha") ? value : value.toLowerCase())),
		);
	}
	return policy;
}

/** @returns the sources of a directive, those of default-src where it is absent, null where neither stands. */
export function sourcesOf(policy: Policy, directive: string): readonly string[] | null {
	return policy.get(directive) ?? policy.get('default-src') ?? null;
}

/** 'unsafe-inline' counts only where no nonce or hash stands beside it: browsers then ignore it. */
export function allowsInline(sources: readonly string[] | null): boolean {
	if (sources === null) return true;
	const guarded = sources.some((source) => /^'(nonce-|sha(256|384|512)-)/.test(source) || source === "'strict-dynamic'");
	return sources.includes("'unsafe-inline'") && !guarded;
}
