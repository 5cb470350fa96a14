import { environment } from '../environment.ts';
import { logEvent } from '../log.ts';
import { ensureAccount } from './accounts.ts';
import { productsFile } from './products.ts';
import { seedProducts } from './seed-products.ts';

/** Fills an empty data folder: the catalogue, and the demo account under the password of the environment. Never rejects: the pages say what is missing. */
export async function seedData(): Promise<void> {
	try {
		if (!(await productsFile.exists())) await productsFile.update(() => ({ content: seedProducts, result: undefined }));
		const { SHOP_DEMO_EMAIL, SHOP_DEMO_PASSWORD } = environment.values;
		if (SHOP_DEMO_EMAIL === undefined || SHOP_DEMO_PASSWORD === undefined) {
			logEvent('warn', 'seed.no-account', { message: 'SHOP_DEMO_PASSWORD is not set: there is no demo account to sign in with.' });
			return;
		}
		const outcome = await ensureAccount(SHOP_DEMO_EMAIL, 'Demo', SHOP_DEMO_PASSWORD);
		if (outcome !== 'kept') logEvent('info', 'seed.account', { outcome });
	} catch (cause) {
		logEvent('error', 'seed.failed', { message: cause instanceof Error ? cause.message : 'unknown error' });
	}
}
