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

it.each([
	['<ul><li>a<li>b</ul><ul><li>c</ul>', 2],
	['<ul><li>a<ul><li>b<li>c<li>d</ul><li>e</ul>', 3],
	['<table><thead><tr><th>x</thead><tbody><tr><td>1<tr><td>2</tbody></table>', 2],
	['<section><h2>x</h2><article>1</article><article>2</article></section><article>3</article>', 2],
	['<div role="list"><div role="listitem">1</div><div role="ListItem">2</div></div>', 2],
	['<nav><ul><li>a<li>b<li>c</ul></nav><main><ul><li>d</ul></main><footer><ul><li>e<li>f</ul></footer>', 1],
	['<template><ul><li>a<li>b</ul></template><p>none</p>', 0],
])('counts the items of the largest list: %s', (html, count) => expect(readHtml(html, url).listItems).toBe(count));

it('keeps no more scripts than a bound, and says how many it left', () => {
	const page = readHtml(Array.from({ length: 2_500 }, (_, index) => `<script src="/${index}.js"></script>`).join(''), url);
	expect([page.assets.length, page.uncountedAssets]).toEqual([2_000, 500]);
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
