/**
 * `holdfast.yaml`, version 1. The JSON schema in docs/schema is generated from this file.
 * The `error` of a field says what was expected there; `read-config.ts` adds the place and what came.
 * Keys that nothing uses yet are accepted and validated all the same, so that one file serves every release.
 */
import { createChannelSchema } from '@holdfast/providers/notification';
import { z } from 'zod';
import { createIngestSchema, createServiceIngestSchema } from './ingest-schema.ts';

/** How the reader tells a secret's place from any other: what stands there is never repeated. */
export const SECRET_EXPECTED = '{env: NAME} or {file: PATH}';

const environmentName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const text = (expected: string) => z.string({ error: expected }).min(1, { error: expected });
const flag = z.boolean({ error: 'true or false' });
const whole = (minimum: number, maximum: number) =>
	z
		.int({ error: `a whole number from ${minimum} to ${maximum}` })
		.min(minimum, { error: `a whole number from ${minimum} to ${maximum}` })
		.max(maximum, { error: `a whole number from ${minimum} to ${maximum}` });
const list = <Item extends z.ZodType>(item: Item, expected: string) => z.array(item, { error: expected });
const map = <Value extends z.ZodType>(value: Value, expected: string) => z.record(z.string(), value, { error: expected });

/** The form only; credentials, queries and fragments are refused by `cross-checks.ts`, which can say so. */
const origin = z
	.string({ error: 'an http or https URL, for example https://shop.example' })
	.regex(/^https?:\/\/[^\s/?#]+/i, { error: 'an http or https URL, for example https://shop.example' });
const routePath = z
	.string({ error: 'a path that begins with /' })
	.regex(/^\/(?!\/)\S*$/, { error: 'a path that begins with /, for example /products' });
const duration = z
	.string({ error: 'a duration, for example 20s, 5m, 24h, 90d, 2y' })
	.regex(/^[1-9]\d{0,5}(ms|s|m|h|d|y)$/, { error: 'a duration, for example 20s, 5m, 24h, 90d, 2y' });
const variable = z
	.string({ error: 'the name of an environment variable' })
	.regex(environmentName, { error: 'the name of an environment variable' });

const secret = z
	.union(
		[
			z.strictObject({ env: z.string().regex(environmentName, { error: SECRET_EXPECTED }) }),
			z.strictObject({ file: z.string().min(1, { error: SECRET_EXPECTED }) }),
		],
		{
			error: SECRET_EXPECTED,
		},
	)
	.describe('A secret stands outside this file: in an environment variable, or in a file of its own.');

const kit = z
	.strictObject({ token: secret.optional() }, { error: 'a map with token' })
	.describe('The library inside the application: its private health report.');
const convexUsers = z
	.strictObject(
		{ table: text('the name of a table').default('users'), field: text('the name of a field').default('email') },
		{ error: 'a map with table and field' },
	)
	.describe('Where documents of users are kept.');
const convex = z.strictObject(
	{
		url: origin.describe('Origin of the deployment.').optional(),
		siteUrl: origin.describe('Origin of its HTTP actions; without it derived from url.').optional(),
		adminKey: secret.optional(),
		users: convexUsers.optional(),
	},
	{ error: 'a map with url, siteUrl, adminKey, users' },
);
const sentry = z.union(
	[
		z.literal('builtin'),
		z.strictObject({ url: origin.optional(), org: text('an organisation'), project: text('a project'), token: secret.optional() }),
	],
	{ error: 'the word builtin, or a map with org, project and, where needed, url and token' },
);
const platform = z.discriminatedUnion(
	'kind',
	[
		z.strictObject({
			kind: z.literal('releases'),
			dir: text('the folder that holds the releases'),
			restart: list(text('a word of the command'), 'the restart command as a list of words')
				.min(1, { error: 'at least one word' })
				.optional(),
		}),
	],
	{ error: 'a map whose kind is releases' },
);
const synthetic = z
	.strictObject(
		{
			user: text('the name of the account'),
			password: secret,
			path: routePath.describe('Page of the sign-in form; /sign-in when absent.').optional(),
		},
		{ error: 'a map with user and password' },
	)
	.describe('An account without rights that checks sign in with.');
const route = z.strictObject(
	{
		path: routePath,
		text: text('text that must be on the page').optional(),
		list: whole(0, 1_000_000).describe('The page must list at least so many items.').optional(),
	},
	{ error: 'a map with path and, where wanted, text or list' },
);
const severity = z.enum(['critical', 'major', 'minor', 'info'], { error: 'critical, major, minor or info' });
const monitor = z.strictObject(
	{
		every: duration.optional(),
		confirm: whole(1, 20).describe('Results in a row before the state changes.').optional(),
		severity: severity.describe('Of the incident that its failure opens.').optional(),
		off: flag.describe('The question is not watched.').optional(),
	},
	{ error: 'a map with every, confirm, severity and off' },
);
const objective = z.strictObject(
	{
		target: z
			.number({ error: 'a percentage below 100, for example 99.9' })
			.gt(0, { error: 'a percentage above 0, for example 99.9' })
			.lt(100, { error: 'a percentage below 100, for example 99.9' })
			.describe('Percent of the time that the service must be available.')
			.optional(),
		window: duration.describe('Rolling; 30d when absent, from 1d to 90d.').optional(),
		off: flag.describe('The objective is not measured.').optional(),
	},
	{ error: 'a map with target, window and off' },
);

const service = z.strictObject(
	{
		url: origin.describe('Origin of the application.'),
		runbook: text('the path of the runbook, from this file').optional(),
		bindings: text('the path of a sidecar file with bindings').optional(),
		private: flag.describe('Private and loopback addresses are allowed.').optional(),
		allowHosts: list(text('a host name'), 'a list of host names').describe('Further hosts that checks may reach.').optional(),
		ca: z
			.strictObject({ file: text('the path of a PEM file') }, { error: '{file: PATH} of a PEM file' })
			.describe('Further certificate authorities to trust.')
			.optional(),
		checkout: text('the folder of the application').describe('For its build, commands, dependencies and drift.').optional(),
		registry: origin.describe("Package registry that is asked about the application's dependencies; npm's when absent.").optional(),
		log: z
			.strictObject({ file: text('the path of the log') }, { error: '{file: PATH} of the log' })
			.describe("The application's log on this machine.")
			.optional(),
		envFile: text('the path of the environment file').describe('Names and lengths of its variables are read, never values.').optional(),
		staging: text('the name of a service').optional(),
		kit: kit.optional(),
		convex: convex.optional(),
		sentry: sentry.optional(),
		platform: platform.optional(),
		synthetic: synthetic.optional(),
		csrf: z
			.strictObject({ probe: routePath }, { error: 'a map with probe' })
			.describe('Where a token may be tried without effect.')
			.optional(),
		routes: list(route, 'a list of routes').optional(),
		vendors: list(text('a vendor (convex) or the URL of its status page'), 'a list of vendors')
			.describe('Vendors whose status pages matter, by name or by URL.')
			.optional(),
		ingest: createServiceIngestSchema(secret).optional(),
		secrets: list(variable, 'a list of variable names').describe('Names of secrets that the application needs.').optional(),
		monitors: map(monitor, 'a map from check to every, confirm, severity and off')
			.describe('By check, or by one question of the runbook: "http.page path=/products".')
			.optional(),
		objectives: map(objective, 'a map from name to target, window and off')
			.describe('Availability that is promised: uptime or availability as the runbook names it, or a name of its own.')
			.optional(),
	},
	{ error: 'a map with at least url' },
);

const clockTime = z
	.string({ error: 'a time of day, for example 08:30' })
	.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'a time of day, for example 08:30' });
const hours = z.strictObject(
	{
		from: clockTime,
		to: clockTime.describe('Earlier than from: until that time of the next day.'),
		days: list(
			z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], { error: 'mon, tue, wed, thu, fri, sat or sun' }),
			'a list of days',
		)
			.describe('All when absent.')
			.optional(),
		zone: z
			.string({ error: 'a time zone, for example Europe/Zurich' })
			.refine(isTimeZone, { error: 'a time zone, for example Europe/Zurich' })
			.describe('UTC when absent.')
			.optional(),
	},
	{ error: 'always, or a map with from, to, days and zone' },
);
const channel = createChannelSchema(secret);
const notice = z.strictObject(
	{
		severity: list(severity, 'a list of severities').describe('critical, major and minor when absent.').optional(),
		to: list(text('the name of a channel'), 'a list of channels').describe(
			'Channels by name; contact:NAME is a contact of the runbook, by mail.',
		),
		when: z.union([z.literal('always'), hours], { error: 'always, or a map with from, to, days and zone' }).optional(),
	},
	{ error: 'a map with severity, to and when' },
);
const permission = z.strictObject(
	{
		role: z.enum(['viewer', 'responder', 'admin'], { error: 'viewer, responder or admin' }).optional(),
		approvals: whole(0, 10).optional(),
		requesterMayApprove: flag.optional(),
	},
	{ error: 'a map with role, approvals and requesterMayApprove' },
);

const heartbeat = z
	.strictObject(
		{
			url: z.union([secret, z.string().regex(/^https:\/\/[^\s@]+$/i)], { error: `${SECRET_EXPECTED}, or an https URL` }),
			every: duration.describe('60s when absent.').optional(),
		},
		{ error: 'a map with url and every' },
	)
	.describe('An outside dead man’s switch that is told while Holdfast watches.');

export const configSchema = z
	.strictObject(
		{
			version: z.literal(1, { error: 'the number 1' }).describe('Version of this format.'),
			publicUrl: origin.describe('Where people open the console.').optional(),
			outside: list(origin, 'a list of URLs')
				.describe('Sites of others that are asked, only when a service is not reached, whether it is Holdfast itself that reaches nothing.')
				.optional(),
			services: map(service, 'a map from name to service').describe('An application in one environment each, for example shop-production.'),
			ingest: createIngestSchema(origin, secret).optional(),
			channels: map(channel, 'a map from name to channel').optional(),
			heartbeat: heartbeat.optional(),
			notify: list(notice, 'a list of rules').optional(),
			policy: map(permission, 'a map from action to permission').optional(),
			retention: z
				.strictObject(
					{
						raw: duration.optional(),
						minute: duration.optional(),
						hour: duration.optional(),
						day: duration.optional(),
						events: duration.describe('Single errors; 30d when absent.').optional(),
						traces: duration.describe('Durations by route and hour; 30d when absent.').optional(),
						vitals: duration.describe('Web Vitals by route and hour; 90d when absent.').optional(),
						lines: duration.describe('Lines of logs; 7d when absent.').optional(),
					},
					{ error: 'a map with raw, minute, hour, day, events, traces, vitals and lines' },
				)
				.optional(),
		},
		{ error: 'a map with version and services' },
	)
	.meta({ title: 'holdfast.yaml' });

export type Config = z.output<typeof configSchema>;
export type ServiceConfig = Config['services'][string];
export type SecretSource = z.output<typeof secret>;

function isTimeZone(name: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}

/** The published JSON schema (draft 2020-12), as plain data. */
export function generateConfigSchema(): Record<string, unknown> {
	return z.toJSONSchema(configSchema, { io: 'input' }) as Record<string, unknown>;
}
