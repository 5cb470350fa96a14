// The report's page: one file, no scripts, readable offline.

/** Renders the bundle report as HTML. Pure. */
export function renderBundlePage({ routes, packages, parts }) {
	const largest = Math.max(1, ...parts.map((part) => part.compressed), ...packages.map((item) => item.compressed));
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bundle report</title>
<style>
:root { color-scheme: light dark; --line: light-dark(#ddd, #333); --bar: light-dark(#0f4c5c, #7cc4d4); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 2.5rem; }
th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); text-align: left; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code { font-size: .9em; overflow-wrap: anywhere; }
meter { width: 8rem; }
</style>
</head>
<body>
<h1>Bundle report</h1>
<h2>Routes</h2>
<p>First load: the JavaScript that a browser fetches for the page, measured on the built files (gzip, level 9). Server code and all client code come from the analyzer.</p>
<div class="wide"><table>
<thead><tr><th>Route</th><th class="n">First load</th><th class="n">Unpacked</th><th class="n">Files</th><th class="n">All client code</th><th class="n">Server code</th></tr></thead>
<tbody>${routes
		.map(
			(row) =>
				`<tr><td><code>${escapeHtml(row.route)}</code></td><td class="n">${kb(row.firstLoad?.compressed)}</td><td class="n">${kb(row.firstLoad?.size)}</td><td class="n">${row.firstLoad?.files ?? '-'}</td><td class="n">${kb(row.client.compressed)}</td><td class="n">${kb(row.server.compressed)}</td></tr>`,
		)
		.join('\n')}</tbody>
</table></div>
<h2>Largest packages in the browser</h2>
${renderSizes(packages, largest)}
<h2>Largest files in the browser</h2>
${renderSizes(
	parts.map((item) => ({ ...item, name: item.source })),
	largest,
)}
</body>
</html>
`;
}

function renderSizes(items, largest) {
	const rows = items.map(
		(item) =>
			`<tr><td><code>${escapeHtml(item.name)}</code></td><td class="n">${kb(item.compressed)}</td><td class="n">${kb(item.size)}</td><td><meter min="0" max="${largest}" value="${item.compressed}"></meter></td></tr>`,
	);
	return `<div class="wide"><table>
<thead><tr><th>What</th><th class="n">Compressed</th><th class="n">Unpacked</th><th></th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table></div>`;
}

/** Bytes as kB with one decimal; a dash where there is nothing to load. */
export function kb(bytes) {
	return bytes === undefined || bytes === null ? '-' : `${(bytes / 1000).toFixed(1)} kB`;
}

function escapeHtml(text) {
	return String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
