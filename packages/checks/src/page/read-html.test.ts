import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readHtml } from './read-html.ts';

const url = 'https://shop.example/a/b';

it('reads the text that is shown, and not what is hidden', () => {
	const page = readHtml(
		'<head><title> My\n shop </title><style>x</style></head><h1>Two</h1><p>lamps &amp; <b>one</b> chair</p><script>let hidden</script><noscript>no</noscript><template>t</template><img alt="a cat">',
		url,
	);
	expect([page.title, page.text]).toEqual(['My shop', 'Two lamps & one chair a cat']);
});

it('finds scripts and styles, each once, with absolute URLs', () => {
	const page = readHtml(
		'<script src="x.js"></script><script src="x.js#1"></script><link rel="modulepreload" href="/m.js"><link rel="preload stylesheet" href="s.css"><link rel="alternate stylesheet" href="t.css"><script src="data:,1"></script><script nomodule src="//old.example/o.js"></script>',
		url,
	);
	expect(page.assets.map((asset) => `${asset.kind} ${asset.url}${asset.legacy ? ' legacy' : ''}`)).toEqual([
		'script https://shop.example/a/x.js',
		'script https://shop.example/m.js',
		'style https://shop.example/a/s.css',
		'script https://old.example/o.js legacy',
	]);
});

it('is not thrown by anything', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: fc.constantFrom('<', '>', '/', '"', ' ', 'script', 'src=', 'title', 'a', '!--', 'base href=', 'http://') }),
			(html) => readHtml(html, url).assets.length >= 0,
		),
	);
});

it('reads no further than a depth that no page has', () => {
	const page = readHtml(`<p>before</p>${'<div>'.repeat(100_000)}after`, url);
	expect(page.text).toBe('before');
});
