/** From what was looked at to what is missing and how to get it. Pure. */
import type { DoctorFacts, Fact, ServiceFacts } from './facts.ts';

export interface DoctorLine {
	/** In two or three words. */
	readonly subject: string;
	readonly state: 'ok' | 'missing' | 'unknown';
	readonly text: string;
	/** What to do; empty when nothing is to be done. */
	readonly todo: string;
	/** False: Holdfast works without it, and knows less. */
	readonly isNeeded: boolean;
}

/** Package.json: `engines`. */
const OLDEST_NODE = [20, 19] as const;
const OLDEST_POSTGRES = 150_000;
/** A choice: three times what 90 days of 500 monitors took (docs/performance.md). */
const LEAST_FREE_BYTES = 2 * 1024 ** 3;
/** Tokens and signed messages are refused by others beyond about a minute. */
const MOST_SKEW_MS = 30_000;

export function judgeFacts(facts: DoctorFacts): readonly DoctorLine[] {
	return [
		judgeNode(facts.node),
		...judgeDatabase(facts),
		judge('folder', facts.home, ({ isWritable, isOpenToOthers }) =>
			!isWritable
				? missing('.holdfast cannot be written', 'Start Holdfast where its user may write.')
				: isOpenToOthers
					? missing('.holdfast can be read by others', 'chmod go-rw .holdfast')
					: ok('.holdfast can be written, by its owner only'),
		),
		judge('disk', facts.freeBytes, (free) =>
			free < LEAST_FREE_BYTES
				? missing(`${inGigabytes(free)} GB free`, `Make room: ${inGigabytes(LEAST_FREE_BYTES)} GB or more.`)
				: ok(`${inGigabytes(free)} GB free`),
		),
		judge('clock', facts.clockAheadMs, ({ of, ms }) =>
			Math.abs(ms) > MOST_SKEW_MS
				? missing(
						`${Math.round(Math.abs(ms) / 1000)} s ${ms > 0 ? 'ahead of' : 'behind'} ${of}`,
						'Set the clock by NTP: timedatectl set-ntp true',
					)
				: ok(`agrees with ${of}`),
		),
		judge('browser', facts.chromium, (path) =>
			path === null ? optional('Chromium is not installed: browser.* stay unknown', 'apt-get install chromium') : ok(path),
		),
		facts.missingTools.length === 0
			? line('tools', ok('git and npm are there'))
			: line(
					'tools',
					optional(`not found: ${facts.missingTools.join(', ')}`, `Install ${facts.missingTools.join(' and ')} for checks of the code.`),
				),
		...judgeConfig(facts),
		...facts.secrets.map(({ name, problem }) =>
			line(`secret ${name}`, problem === null ? ok('is there') : missing(problem, 'Set it, or take its part out of the configuration.')),
		),
		...facts.services.flatMap(judgeService),
		...facts.ports.map(({ port, what, isFree }) =>
			line(
				`port ${port}`,
				isFree ? ok(`free for ${what}`) : { ...ok(`taken: by a Holdfast that runs, or ${what} takes the next free one`) },
			),
		),
	];
}

type Verdict = Pick<DoctorLine, 'state' | 'text' | 'todo' | 'isNeeded'>;

const ok = (text: string): Verdict => ({ state: 'ok', text, todo: '', isNeeded: true });
const missing = (text: string, todo: string): Verdict => ({ state: 'missing', text, todo, isNeeded: true });
const optional = (text: string, todo: string): Verdict => ({ state: 'missing', text, todo, isNeeded: false });
const line = (subject: string, verdict: Verdict): DoctorLine => ({ subject, ...verdict });

function judge<T>(subject: string, fact: Fact<T>, decide: (value: T) => Verdict): DoctorLine {
	if (fact.kind === 'known') return line(subject, decide(fact.value));
	return line(subject, { state: 'unknown', text: fact.reason, todo: '', isNeeded: true });
}

function judgeNode(version: string): DoctorLine {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const isEnough = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
	return line(
		'Node.js',
		isEnough ? ok(version) : missing(`${version}, expected ${OLDEST_NODE.join('.')} or newer`, 'Install a newer one: https://nodejs.org'),
	);
}

function judgeDatabase({ databaseUrl, ownPostgres }: DoctorFacts): readonly DoctorLine[] {
	if (databaseUrl === null)
		return [
			judge('database', ownPostgres, (problem) =>
				problem === null
					? ok('a PostgreSQL of its own can be started')
					: missing(problem, 'Or set DATABASE_URL to a PostgreSQL 15 or later.'),
			),
		];
	return [
		judge('database', databaseUrl, ({ version, mayCreate }) => {
			const major = Math.floor(version / 10_000);
			if (version < OLDEST_POSTGRES)
				return missing(`DATABASE_URL is PostgreSQL ${major}, expected 15 or later`, 'Set it to a newer server.');
			if (!mayCreate) return missing('its user may not make tables there', 'Make the user of DATABASE_URL the owner of the database.');
			return ok(`DATABASE_URL, PostgreSQL ${major}`);
		}),
	];
}

function judgeConfig({ config }: DoctorFacts): readonly DoctorLine[] {
	switch (config.kind) {
		case 'none':
			return [line('configuration', missing('there is no holdfast.yaml here or above', 'holdfast init RUNBOOK.md URL'))];
		case 'invalid':
			return config.problems.map((problem) =>
				line('configuration', missing(problem, 'Put it right; docs/schema/holdfast.schema.json describes every key.')),
			);
		case 'valid':
			return [
				line('configuration', ok(`${config.file} is valid`)),
				line(
					'public URL',
					config.hasPublicUrl ? ok('is set') : optional('not set: messages hold no links', 'publicUrl: https://holdfast.example'),
				),
				line(
					'channels',
					config.channels > 0
						? ok(`${config.channels}`)
						: missing('none: nobody would be told', 'Add channels: and notify: to holdfast.yaml.'),
				),
				line(
					'heartbeat',
					config.hasHeartbeat
						? ok('is set')
						: optional('not set: nobody notices when this machine is gone', 'heartbeat: {url: {env: HEARTBEAT_URL}}'),
				),
			];
	}
}

function judgeService({ name, hasKitToken, runbook }: ServiceFacts): readonly DoctorLine[] {
	const kit = hasKitToken
		? ok('a token is configured')
		: optional('no token: what only the application knows stays unknown', `services.${name}.kit: {token: {env: HOLDFAST_TOKEN}}`);
	if (runbook === null)
		return [line(`${name} kit`, kit), line(`${name} runbook`, optional('none', `services.${name}.runbook: RUNBOOK.md`))];
	const read = judge(`${name} runbook`, runbook, ({ unwatched, wrong }) =>
		wrong > 0
			? missing(`${wrong} wrong directives`, 'holdfast runbook lint')
			: unwatched > 0
				? optional(`${unwatched} lines of its monitoring lists have no check`, 'holdfast runbook coverage')
				: ok('every line of its monitoring lists has a check'),
	);
	const placeholders = runbook.kind === 'known' ? runbook.value.placeholders : [];
	return [
		line(`${name} kit`, kit),
		read,
		...placeholders.map((contact) =>
			line(`${name} contacts`, missing(`${contact}: a placeholder, nobody would be woken`, 'Write a real contact into the runbook.')),
		),
	];
}

function inGigabytes(bytes: number): string {
	return (bytes / 1024 ** 3).toFixed(1);
}
