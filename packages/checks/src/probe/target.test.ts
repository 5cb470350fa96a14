import { describe, expect, it } from 'vitest';
import { createGuardedLookup, TargetRefusedError } from './guarded-lookup.ts';
import { checkReach, checkTarget, type TargetPolicy } from './target.ts';

const shop: TargetPolicy = { url: 'https://shop.example', private: false, allowHosts: ['*.cdn.example', 'www.shop.example'] };
const lan: TargetPolicy = {
	url: 'http://10.0.0.5:3000',
	private: true,
	allowHosts: ['169.254.169.254', 'metadata.google.internal', 'localhost'],
};

describe('a URL is let through', () => {
	it.each([
		['https://shop.example/x', shop],
		['http://shop.example:8080', shop],
		['https://SHOP.example./', shop],
		['https://a.cdn.example/f.js', shop],
		['https://www.shop.example', shop],
		['http://10.0.0.5:3000/', lan],
		['http://localhost/', lan],
		['https://calm-otter-1.convex.cloud', { ...shop, vendorHosts: ['*.convex.cloud'] }],
	])('%s', (url, policy) => expect(checkTarget(url, policy)).toMatchObject({ ok: true }));
});

describe('a URL is refused', () => {
	it.each([
		['not a url', shop, 'target.invalid'],
		['file:///etc/passwd', shop, 'target.scheme'],
		['gopher://shop.example', shop, 'target.scheme'],
		['ftp://shop.example', shop, 'target.scheme'],
		['https://ada:pw@shop.example', shop, 'target.credentials'],
		['https://other.example', shop, 'target.host'],
		['https://cdn.example', shop, 'target.host'],
		['https://shop.example.evil.example', shop, 'target.host'],
		['http://169.254.169.254/latest', shop, 'target.metadata'],
		['http://2852039166/', shop, 'target.metadata'],
		['http://0xa9.254.169.254/', shop, 'target.metadata'],
		['http://[::ffff:169.254.169.254]/', shop, 'target.metadata'],
		['http://metadata.google.internal/', shop, 'target.metadata'],
		['http://169.254.169.254/', lan, 'target.metadata'],
		['http://metadata.google.internal/', lan, 'target.metadata'],
		['http://127.0.0.1/', { ...shop, url: 'http://127.0.0.1' }, 'target.private'],
		['http://2130706433/', { ...shop, url: 'http://127.0.0.1' }, 'target.private'],
		['http://[::1]/', { ...shop, url: 'http://[::1]' }, 'target.private'],
		['http://10.1.2.3/', { ...shop, url: 'http://10.1.2.3' }, 'target.private'],
	])('%s', (url, policy, code) => {
		const verdict = checkTarget(url, policy);
		expect(verdict).toMatchObject({ ok: false, code });
		expect(JSON.stringify(verdict)).not.toContain(':pw@');
	});
});

it('where nothing is encrypted, public addresses are refused and private ones are let through', () => {
	const inside = { private: true, public: false } as const;
	expect(checkReach('93.184.216.34', inside)).toMatchObject({ code: 'target.public' });
	expect(checkReach('10.0.0.5', inside)).toBeNull();
	expect(checkReach('169.254.169.254', inside)).toMatchObject({ code: 'target.metadata' });
});

describe('the lookup of a connection', () => {
	const run = (addresses: readonly string[], isPrivate: boolean) =>
		new Promise<{ error: unknown; addresses: unknown }>((resolve) => {
			const lookup = createGuardedLookup({ private: isPrivate }, (_host, callback) =>
				callback(
					null,
					addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
				),
			);
			lookup('shop.example', { all: true }, (error, found) => resolve({ error, addresses: found }));
		});

	it('hands on only addresses that may be used', async () => {
		expect(await run(['10.0.0.1', '93.184.216.34'], false)).toMatchObject({
			error: null,
			addresses: [{ address: '93.184.216.34', family: 4 }],
		});
	});

	it('fails with the refusal when none is left', async () => {
		const { error } = await run(['10.0.0.1'], false);
		expect(error).toBeInstanceOf(TargetRefusedError);
		expect(error).toMatchObject({ refusal: { code: 'target.private' } });
	});

	it('never hands on a metadata address, even to a private service', async () => {
		expect((await run(['169.254.169.254'], true)).error).toMatchObject({ refusal: { code: 'target.metadata' } });
		expect(await run(['fd00:ec2::254', '10.0.0.1'], true)).toMatchObject({ addresses: [{ address: '10.0.0.1' }] });
	});
});
