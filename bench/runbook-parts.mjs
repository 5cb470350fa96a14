/** The parts of a generated runbook. Words and values are drawn at random, so that no two parts are alike. */

const things = [
	'checkout',
	'search',
	'sign-in',
	'product list',
	'order page',
	'image service',
	'mail queue',
	'price feed',
	'basket',
	'admin area',
];
const troubles = [
	'answers slowly',
	'stays blank',
	'ends in a 500',
	'times out',
	'redirects in a circle',
	'shows old data',
	'refuses tokens',
	'loses its session',
];
const reasons = [
	'A variable such as `SESSION_SECRET` is not set',
	'The Convex deployment does not answer',
	'The last build left out a script',
	'Memory of the server is used up',
	'The certificate has run out',
	'A cookie is dropped by the browser',
	'The network between proxy and server is cut',
	'A limit of requests is reached',
];
const looks = [
	'Look at the health endpoint `/api/health`',
	'Read the log of the last ten minutes',
	'Make sure that `NEXT_PUBLIC_CONVEX_URL` is set',
	'Check the token endpoint: `/api/csrf`',
	'Open the dashboard of the platform',
	'Compare the release with the one before',
	'Look for failed requests in the browser',
	'Check that the certificate is valid for 14 days',
];
const commands = [
	'curl -fsS https://your-domain.com/api/health',
	'git log --oneline -10',
	'npm run build',
	'dig +short your-domain.com',
	'df -h',
	'docker compose ps',
	'kubectl get pods -n shop',
	'psql "$DATABASE_URL" -c "select count(*) from orders"',
];
const people = ['Platform team', 'Data team', 'On-call engineer', 'Service owner', 'Hosting support', 'Security'];
const channels = ['[to be filled in]', 'ops@shop.example', '#shop-ops', '+49 30 555 0100', 'https://support.shop.example'];

/** @typedef {() => number} Random */

/** @template T @param {Random} random @param {readonly T[]} values @param {number} count @returns {T[]} */
function draw(random, values, count) {
	const rest = [...values];
	return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(Math.floor(random() * rest.length), 1)).flat();
}

/** @param {Random} random @param {string} number */
export function writeIssue(random, number) {
	const [thing] = draw(random, things, 1);
	const steps = draw(random, looks, 4).map((look, index) => {
		const fence =
			index % 2 === 0 ? `   \`\`\`bash\n   ${draw(random, commands, 1)[0]}\n   \`\`\`\n   Should return \`{"status":"ok"}\`\n` : '';
		const below = draw(random, looks, 2).map((line) => `   - ${line}, at most ${100 + Math.floor(random() * 900)} ms\n`);
		return `${index + 1}. **${look.replace(/[`:].*$/, '').trim()}**:\n${fence}${fence === '' ? below.join('') : ''}\n`;
	});
	return [
		`### ${number} The ${thing} misbehaves\n\n**Symptoms**:\n`,
		...draw(random, troubles, 3).map((trouble) => `- The ${thing} ${trouble}\n`),
		'\n**Possible causes**:\n',
		...draw(random, reasons, 4).map((reason, index) => `${index + 1}. ${reason}\n`),
		'\n**Resolution**:\n\n',
		...steps,
	].join('');
}

/** @param {Random} random @param {string} number */
export function writeProcedure(random, number) {
	const steps = draw(random, [...looks, 'Tell the service owner', 'Roll back to the release before', 'Restart the application'], 5);
	const fence = draw(random, commands, 3).map((command, index) => `# ${index + 1}. ${index === 0 ? 'first of all' : 'then'}\n${command}\n`);
	return `### ${number} When the ${draw(random, things, 1)[0]} has to be moved\n\n${steps.map((step, index) => `${index + 1}. ${step}\n`).join('')}\n\`\`\`bash\n${fence.join('\n')}\`\`\`\n\n`;
}

/** @param {Random} random @param {number} chapter */
export function writeChecklists(random, chapter) {
	const groups = ['Daily', 'Weekly', 'Monthly'].map(
		(period) =>
			`### ${period}\n\n${draw(random, looks, 4)
				.map((look) => `- [ ] ${look}\n`)
				.join('')}\n`,
	);
	return `## Upkeep, part ${chapter}\n\n${groups.join('')}## Monitoring, part ${chapter}\n\n- [ ] Uptime > 99.${Math.floor(random() * 10)}%\n- [ ] Error rate < ${1 + Math.floor(random() * 5)} %\n\n`;
}

/** @param {Random} random @param {number} chapter */
export function writeContacts(random, chapter) {
	const rows = draw(random, people, 4).map((person) => `| ${person} | ${draw(random, channels, 1)[0]} |\n`);
	return `## Contacts, part ${chapter}\n\n| Who | How |\n|---|---|\n${rows.join('')}\n`;
}

/** @param {Random} random @param {number} chapter */
export function writeAppendix(random, chapter) {
	const fence = draw(random, commands, 5).map((command) => `# what it shows: ${draw(random, things, 1)[0]}\n${command}\n\n`);
	return `## Useful commands, part ${chapter}\n\n\`\`\`bash\n${fence.join('').trimEnd()}\n\`\`\`\n\n`;
}
