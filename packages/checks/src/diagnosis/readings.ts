/** The table of rule G12: which findings of a check speak for a line with certain words. How it is read stands in `speaks-for.ts`. */

export interface Reading {
	readonly id: string;
	readonly checks: readonly string[];
	/** Parameters that the check must have been asked with. */
	readonly params?: Readonly<Record<string, string>>;
	/** Words of the line. */
	readonly words: RegExp;
	/** Codes that speak for such a line: of the check's own, or of the fault that it leads to. */
	readonly codes: RegExp;
	/** Codes that speak against it whatever else is found. */
	readonly never?: RegExp;
	/** Its words say where the time goes or what breaks: they hold whatever other words stand beside them. */
	readonly narrows?: boolean;
	/** A failure of this check says that the line means something else. */
	readonly unless?: string;
	/** What the other failures of the check mean instead; follows the finding's message. */
	readonly otherwise: string;
}

const down =
	/\b(?:is |are )?(?:down|offline|unreachable|unavailable|paused|disabled|suspended|stopped|not (?:running|active|responding))\b/i;
const network = /\bnetwork|\bconnectivity|\brouting|\bfirewall/i;
const limit = /\blimit|\bquota|\btoo many\b/i;
const convex = { target: 'convex' };

export const readings: readonly Reading[] = [
	{
		id: 'V1',
		checks: ['net.tcp'],
		words: network,
		codes: /^(?!.*refused)/,
		otherwise: 'a refused connection means that the network reaches the machine and no process listens there',
	},
	{
		id: 'V2',
		checks: ['http.latency'],
		words: /\bnetwork|\bdns\b|\bconnectivity/i,
		codes: /^(?!tls\.).*(?:dns|connect|tls|network|slow\.body)/,
		narrows: true,
		otherwise: 'the time is not lost on the way, so it does not speak for the network',
	},
	{
		id: 'V3',
		checks: ['http.redirects'],
		words: /\bloop|\bcircle|\btoo many/i,
		codes: /loop|too-many/,
		otherwise: 'it is not a loop',
	},
	{
		id: 'V4',
		checks: ['http.status'],
		words: /\b5(\d\d|xx)\b|internal server error/i,
		codes: /5\d\d|5xx|server-error/,
		otherwise: 'it is not an error of the server',
	},
	{
		id: 'V5',
		checks: ['http.latency'],
		words: /\btime-?\s?out|\btimeouts?\b|\bhang/i,
		codes: /hang|timeout|no-answer|deadline/,
		otherwise: 'an answer came, so it is not a timeout',
	},
	{
		id: 'V6',
		checks: ['http.latency'],
		words: /\bslow|\bperformance|\bpage loads?\b/i,
		codes: /slow|hang|timeout|dns|connect|tls|first-byte|body|deadline/,
		otherwise: 'it says nothing about speed',
	},
	{
		id: 'V7',
		checks: ['env.required', 'env.present', 'env.format', 'env.typo', 'env.secret'],
		words: /\benv(?:ironment)?(?:al)? (?:variables?|vars?|config\w*|settings)\b/i,
		codes: /missing|empty|typo|malformed|white-space|out-of-range|not-allowed/,
		otherwise: 'the variable is set; what is wrong is the secret in it',
	},
	{
		id: 'V8',
		checks: ['env.secret', 'env.changed', 'env.required', 'env.typo'],
		words: /\bsecrets?\b/i,
		codes: /^env\./,
		otherwise: 'it says nothing about a secret',
	},
	{
		id: 'V9',
		checks: ['convex.reachable'],
		words: down,
		codes: /^net\.refused$|^convex\.(?!network|app-)/,
		otherwise: 'whether the deployment is down it does not say: the connection to it is cut',
	},
	{
		id: 'V10',
		checks: ['convex.reachable'],
		words: network,
		codes: /^convex\.(?:network|timeout|app-)/,
		never: /^net\.refused$/,
		otherwise: 'the deployment itself does not answer as it should, so it does not speak for the network',
	},
	{
		id: 'V11',
		checks: ['convex.state'],
		words: down,
		codes: /^(?!.*(?:limit|quota))/,
		otherwise: 'it is switched off because a limit is exceeded',
	},
	{
		id: 'V12',
		checks: ['convex.state'],
		words: limit,
		codes: /limit|quota/,
		otherwise: 'no limit has to do with it',
	},
	{
		id: 'V13',
		checks: ['convex.functions', 'convex.health', 'convex.sync'],
		words: down,
		codes: /^(?!.*(?:limit|quota|too-many|failing))/,
		otherwise: 'calls are refused because of a limit, or the code that was pushed is at fault',
	},
	{
		id: 'V14',
		checks: ['convex.latency', 'convex.scans', 'convex.usage', 'convex.limits'],
		words: down,
		codes: /^$/,
		otherwise: 'the deployment answers, so it is not down',
	},
	{
		id: 'V15',
		checks: ['net.dns'],
		params: convex,
		words: network,
		codes: /^(?!.*name-not-found)/,
		otherwise: 'a name that nobody knows is a wrong address rather than a broken network',
	},
	{
		id: 'V16',
		checks: ['net.dns'],
		params: convex,
		words: /\burls?\b|\baddress/i,
		codes: /name-not-found/,
		otherwise: 'the name could not be looked up, which says nothing about the address',
	},
	{
		id: 'V17',
		checks: ['auth.session', 'auth.login'],
		words: /\bcookies?\b/i,
		codes: /cookie/,
		otherwise: 'the cookie is kept and sent, so it is not lost on its way',
	},
	{
		id: 'V18',
		checks: ['server.resources'],
		words: /\bcpu\b|\bmemory\b|\bout of memory\b|\bOOM\b/i,
		codes: /cpu|memory|event-loop/,
		otherwise: 'neither memory nor processor is short',
	},
	{
		id: 'V19',
		checks: ['server.resources'],
		words: /\bdisk\b|\bhandles?\b|\bfile descriptors?\b|\bspace\b/i,
		codes: /disk|handles/,
		otherwise: 'there is room on the disk',
	},
	{
		id: 'V20',
		checks: ['http.latency'],
		words: /\b(?:long|late|time) to answer\b|\banswers? (?:late|slowly)\b|\bserver (?:is )?slow\b/i,
		codes: /slow\.first-byte/,
		narrows: true,
		otherwise: 'it is not the server that takes the time',
	},
	{
		id: 'V21',
		checks: ['browser.console'],
		words: /\b(?:cookies?|secrets?|tokens?|csrf|auth\w*|convex|database|server|network|urls?|environment|bundle|quer(?:y|ies))\b/i,
		codes: /^$/,
		narrows: true,
		otherwise: 'what the browser reports follows from something else and does not tell from what',
	},
	{
		id: 'V22',
		checks: ['http.status'],
		words: /\bthrows?\b|\bexceptions?\b/i,
		codes: /server-error/,
		unless: 'http.health',
		otherwise: 'the server as a whole fails, so it does not speak for the code of a page',
	},
	{
		id: 'V23',
		checks: ['http.assets', 'browser.console'],
		words: /\bbuild|\brelease|\bscripts?\b|\bchunks?\b/i,
		codes: /^(?!assets\.type)/,
		otherwise: 'the files are there and come with the wrong type: what sends them is at fault, not the build',
	},
];
