/** `ingest:` of `holdfast.yaml`: where applications send what they have to tell, and what each of them may send. */
import { z } from 'zod';
import type { Category } from '../ingest/limits/category.ts';

const KEY = 'a public key of 32 characters 0-9 and a-f; openssl rand -hex 16 makes one';
const PROJECT = "digits in quotes, for example '1'";
const ORIGIN = 'an origin without a path, for example https://shop.example';
const HOST = 'an address of this machine, for example 127.0.0.1 or 0.0.0.0';
const PORT = 'a port from 1 to 65535';

const text = (pattern: RegExp, expected: string) => z.string({ error: expected }).regex(pattern, { error: expected });
const rate = (expected: string) => z.number({ error: expected }).gt(0, { error: expected }).max(1_000_000, { error: expected });

const quota = z.strictObject(
	{
		perSecond: rate('a number above 0').describe('In the long run.'),
		burst: rate('a number above 0').describe('At once, after a quiet time.'),
	},
	{ error: 'a map with perSecond and burst' },
);

const CATEGORY_QUOTAS = {
	request: quota.describe('Requests of every kind together.').optional(),
	error: quota.optional(),
	transaction: quota.optional(),
	span: quota.optional(),
	session: quota.optional(),
	monitor: quota.describe('Check-ins of jobs.').optional(),
	log_item: quota.describe('Lines that an SDK sends.').optional(),
	vital: quota.optional(),
	log_line: quota.describe('Lines of a drain.').optional(),
	release: quota.optional(),
} satisfies Readonly<Record<Category, z.ZodType>>;

/** @param origin schema of a URL of ours @param secret schema of where a secret stands */
export function createIngestSchema<Origin extends z.ZodType, Secret extends z.ZodType>(origin: Origin, secret: Secret) {
	return z
		.strictObject(
			{
				port: z.int({ error: PORT }).min(1, { error: PORT }).max(65_535, { error: PORT }).describe('4001 when absent.').optional(),
				host: text(/^[\w.:-]+$/, HOST)
					.describe('127.0.0.1 when absent: this machine only.')
					.optional(),
				publicUrl: origin.describe('Where applications, browsers and people reach it: DSNs and links to acknowledge begin so.').optional(),
				metricsToken: secret.describe('Asked for by /metrics; without one it answers this machine only.').optional(),
			},
			{ error: 'a map with port, host, publicUrl and metricsToken' },
		)
		.describe('The server that applications send errors, traces, vitals, logs and releases to.');
}

export function createServiceIngestSchema<Secret extends z.ZodType>(secret: Secret) {
	const secrets = z.array(secret, { error: 'a list of secrets' });
	return z
		.strictObject(
			{
				project: text(/^[1-9]\d{0,15}$/, PROJECT).describe('Number of the project in its DSN; another for each service.'),
				keys: z
					.array(text(/^[0-9a-f]{32}$/, KEY), { error: 'a list of public keys' })
					.min(1, { error: 'at least one public key' })
					.max(10, { error: 'at most ten public keys' })
					.describe('Public keys of its DSN, which browsers show to everybody; two during a rotation.'),
				origins: z
					.array(text(/^https?:\/\/[^\s/?#@]+$/i, ORIGIN), { error: 'a list of origins' })
					.describe('Origins that browsers may send from; any when absent.')
					.optional(),
				drainSecrets: secrets.describe('Of logs/: bearer token, or key of the signature.').optional(),
				vercelDrain: z
					.strictObject(
						{
							secrets,
							verify: text(/^[\x21-\x7e]{1,200}$/, 'the text that Vercel asks for as x-vercel-verify').optional(),
						},
						{ error: 'a map with secrets and verify' },
					)
					.describe('Of logs/vercel/.')
					.optional(),
				releaseSecrets: secrets.describe('Of releases/: keys of the signature.').optional(),
				vercelWebhookSecrets: secrets.describe('Of releases/vercel/.').optional(),
				quotas: z
					.strictObject(CATEGORY_QUOTAS, { error: 'a map from kind to perSecond and burst' })
					.describe('How much of a kind it may send.')
					.optional(),
			},
			{ error: 'a map with at least project and keys' },
		)
		.describe('What this application may send: its DSN is <publicUrl with a key>/<project>.');
}
