import { watchConvex } from '@holdfast/kit/convex';
import { createHealth } from '@holdfast/kit/health';
import { convexUrl, environment } from '../../../environment.ts';
import { maintenance } from '../../../monitoring/maintenance.ts';

export const dynamic = 'force-dynamic';

export const { GET } = createHealth({
	env: environment,
	serviceId: 'shop',
	convex: watchConvex({ url: convexUrl ?? undefined }),
	maintenance,
	token: environment.values.HOLDFAST_TOKEN,
	// Both are put in by the build (next.config.ts).
	// oxlint-disable-next-line node/no-process-env -- a constant of the build, not of the surroundings
	build: { commit: process.env.SHOP_BUILD_COMMIT, builtAt: process.env.SHOP_BUILT_AT, version: '0.1.0' },
});
