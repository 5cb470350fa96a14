import { ConvexHttpClient } from 'convex/browser';
import { hashPassword } from '../../src/security/passwords.mjs';

const TIMEOUT_MS = 10_000;

/**
 * Makes a deployment into the shop's: tells it who signs the tokens, fills an empty catalogue, and makes the demo and the synthetic account.
 * Speaks as an operator does, with the admin key.
 *
 * @param {{ url: string, adminKey: string, environment: Readonly<Record<string, string>>, accounts: readonly { email: string, name: string, password: string, synthetic: boolean }[] }} options
 */
export async function seedDeployment({ url, adminKey, environment, accounts }) {
	const response = await fetch(`${url}/api/update_environment_variables`, {
		method: 'POST',
		headers: { authorization: `Convex ${adminKey}`, 'content-type': 'application/json' },
		body: JSON.stringify({ changes: Object.entries(environment).map(([name, value]) => ({ name, value })) }),
		signal: AbortSignal.timeout(TIMEOUT_MS),
	});
	if (!response.ok) throw new Error(`the deployment did not take its environment: ${response.status}`);
	await response.body?.cancel();
	const client = new ConvexHttpClient(url, { skipConvexDeploymentUrlCheck: true, logger: false });
	// Not in the published types: what `npx convex run` uses to call internal functions.
	const operator =
		/** @type {{ setAdminAuth(key: string): void, function(path: string, component: undefined, args: object): Promise<unknown> }} */ (
			/** @type {unknown} */ (client)
		);
	operator.setAdminAuth(adminKey);
	await operator.function('seed:catalogue', undefined, {});
	for (const { email, name, password, synthetic } of accounts)
		await operator.function('seed:account', undefined, { email, name, passwordHash: await hashPassword(password), synthetic });
}
