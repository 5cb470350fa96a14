/** What a curl command line asks for; flags and their values as `curl --help all` lists them (curl 8). */
export interface CurlRequest {
	readonly method: string;
	readonly urls: readonly string[];
	readonly headers: readonly string[];
	readonly sendsBody: boolean;
	/** Files it writes, `/dev/null` left out. */
	readonly outputs: readonly string[];
	readonly verbose: boolean;
	/** Credentials given with `-u` or `--oauth2-bearer`. */
	readonly credentials: readonly string[];
	/** Flags that read further settings or speak something other than a plain request. */
	readonly opaque: readonly string[];
	/** Every flag with its value, long names where both exist. */
	readonly flags: readonly { readonly name: string; readonly value: string | null }[];
}

const shortValued = 'AbcCdDeEFhHKmoPQrtTuUwxXyYz';
const longOf: Readonly<Record<string, string>> = {
	A: '--user-agent',
	b: '--cookie',
	c: '--cookie-jar',
	C: '--continue-at',
	d: '--data',
	D: '--dump-header',
	E: '--cert',
	F: '--form',
	f: '--fail',
	G: '--get',
	g: '--globoff',
	H: '--header',
	I: '--head',
	i: '--include',
	J: '--remote-header-name',
	k: '--insecure',
	K: '--config',
	L: '--location',
	m: '--max-time',
	N: '--no-buffer',
	o: '--output',
	O: '--remote-name',
	Q: '--quote',
	r: '--range',
	s: '--silent',
	S: '--show-error',
	t: '--telnet-option',
	T: '--upload-file',
	u: '--user',
	v: '--verbose',
	w: '--write-out',
	x: '--proxy',
	X: '--request',
	4: '--ipv4',
	6: '--ipv6',
	0: '--http1.0',
	'#': '--progress-bar',
};
const longValued = new Set(
	`--user-agent --cookie --cookie-jar --continue-at --data --data-raw --data-binary --data-urlencode --data-ascii --json --dump-header --cert --key --cacert --capath
	--form --form-string --header --config --max-time --connect-timeout --output --output-dir --quote --prequote --postquote --range --telnet-option --upload-file --user --write-out
	--proxy --proxy-user --proxy-header --request --resolve --connect-to --retry --retry-delay --retry-max-time --url --url-query --interface --limit-rate --max-redirs --max-filesize --referer
	--oauth2-bearer --trace --trace-ascii --stderr --unix-socket --ciphers --tls-max --noproxy --proto --proto-default --proto-redir --speed-limit --speed-time --time-cond
	--dns-servers --doh-url --etag-save --etag-compare --hsts --alt-svc --libcurl --request-target --variable --aws-sigv4 --netrc-file --preproxy --socks5 --socks5-hostname --happy-eyeballs-timeout-ms --keepalive-time --expect100-timeout --pinnedpubkey`.split(
		/\s+/,
	),
);
const bodies = new Set([
	'--data',
	'--data-raw',
	'--data-binary',
	'--data-urlencode',
	'--data-ascii',
	'--json',
	'--form',
	'--form-string',
	'--upload-file',
]);
const files = new Set([
	'--output',
	'--cookie-jar',
	'--dump-header',
	'--trace',
	'--trace-ascii',
	'--etag-save',
	'--libcurl',
	'--stderr',
	'--hsts',
	'--alt-svc',
]);
const longPlain = new Set([
	...Object.values(longOf),
	'--compressed',
	'--fail-with-body',
	'--http1.1',
	'--http2',
	'--http3',
	'--location-trusted',
	'--remote-name-all',
	'--no-progress-meter',
	'--tlsv1.2',
	'--tlsv1.3',
	'--ssl-reqd',
	'--version',
	'--help',
	'--manual',
	'--anyauth',
	'--basic',
	'--digest',
	'--next',
]);
const opaques = new Set([
	'--config',
	'--quote',
	'--prequote',
	'--postquote',
	'--telnet-option',
	'--variable',
	'--mail-from',
	'--mail-rcpt',
	'--next',
	'-:',
]);

/** Reads curl's arguments. Several requests (`--next`) are read as one with the worst of each. */
export function readCurl(args: readonly string[]): CurlRequest {
	const flags: { name: string; value: string | null }[] = [];
	const urls: string[] = [];
	for (let index = 0; index < args.length; index += 1) {
		const arg = args[index] as string;
		if (arg.startsWith('--') && arg !== '--') {
			const equals = arg.indexOf('=');
			const name = wholeName(equals > 0 ? arg.slice(0, equals) : arg);
			if (equals > 0) flags.push({ name, value: arg.slice(equals + 1) });
			else if (longValued.has(name)) {
				index += 1;
				flags.push({ name, value: args[index] ?? null });
			} else flags.push({ name, value: null });
		} else if (arg.startsWith('-') && arg.length > 1 && arg !== '--') index = readCluster(args, index, flags);
		else if (arg !== '--') urls.push(arg);
	}
	for (const flag of flags) if (flag.name === '--url' && flag.value !== null) urls.push(flag.value);
	const valuesOf = (name: string) => flags.flatMap((flag) => (flag.name === name && flag.value !== null ? [flag.value] : []));
	const has = (name: string) => flags.some((flag) => flag.name === name);
	const query = has('--get');
	const sendsBody = flags.some((flag) => bodies.has(flag.name) && !(query && flag.name.startsWith('--data')));
	const outputs = flags.flatMap((flag) =>
		files.has(flag.name) && flag.value !== null && !/^(?:\/dev\/(?:null|stdout|stderr)|-)$/.test(flag.value) ? [flag.value] : [],
	);
	if (has('--remote-name') || has('--remote-name-all')) outputs.push('.');
	if (valuesOf('--write-out').some((format) => /%output\{/.test(format))) outputs.push('.');
	const asked = valuesOf('--request').map((method) => method.toUpperCase());
	const method =
		asked.find((one) => one !== 'GET' && one !== 'HEAD') ??
		asked[0] ??
		(has('--upload-file') ? 'PUT' : sendsBody ? 'POST' : has('--head') ? 'HEAD' : 'GET');
	return {
		method,
		urls,
		headers: valuesOf('--header'),
		sendsBody,
		outputs,
		verbose: has('--verbose') || has('--trace') || has('--trace-ascii'),
		credentials: [...valuesOf('--user'), ...valuesOf('--oauth2-bearer'), ...valuesOf('--proxy-user')],
		opaque: flags.flatMap((flag) => (opaques.has(flag.name) ? [flag.name] : [])),
		flags,
	};
}

/** curl takes any unambiguous beginning of a long flag; of several that fit, the one that does most is assumed. */
function wholeName(name: string): string {
	if (longValued.has(name) || longPlain.has(name)) return name;
	const fitting = [...longValued].filter((long) => long.startsWith(name));
	return (
		fitting.find((long) => bodies.has(long) || opaques.has(long) || long === '--request') ??
		fitting.find((long) => files.has(long)) ??
		fitting[0] ??
		name
	);
}

function readCluster(args: readonly string[], at: number, flags: { name: string; value: string | null }[]): number {
	const arg = args[at] as string;
	for (let place = 1; place < arg.length; place += 1) {
		const letter = arg[place] as string;
		const name = longOf[letter] ?? `-${letter}`;
		if (!shortValued.includes(letter) || letter === 'h') {
			flags.push({ name, value: null });
			continue;
		}
		const rest = arg.slice(place + 1);
		flags.push({ name, value: rest !== '' ? rest : (args[at + 1] ?? null) });
		return rest !== '' ? at : at + 1;
	}
	return at;
}
