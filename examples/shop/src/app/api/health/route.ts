import { watchConvex } from '@holdfast/kit/convex';
import { createHealth } from '@holdfast/kit/health';
import { describeTokens } from '../../../backend/sign-token.ts';
import { environment } from '../../../environment.ts';
import { maintenance } from '../../../monitoring/maintenance.ts';
import { vitals } from '../../../monitoring/vitals.ts';

export const dynamic = 'force-dynamic';

// By way of a variable: the build would put its own value in place of the name, and the report says what the process has.
// oxlint-disable-next-line node/no-process-env -- the declared value is absent when it is malformed, and the report tells that from nothing
const surroundings = process.env;

export const { GET } = createHealth({
	env: environment,
	serviceId: 'shop',
	convex: watchConvex({ url: surroundings.NEXT_PUBLIC_CONVEX_URL, auth: await describeTokens(), query: 'health:ping' }),
	maintenance,
	vitals,
	token: environment.values.HOLDFAST_TOKEN,
	// Both are put in by the build (next.config.ts).
	// oxlint-disable-next-line node/no-process-env -- a constant of the build, not of the surroundings
	build: { commit: process.env.SHOP_BUILD_COMMIT, builtAt: process.env.SHOP_BUILT_AT, version: '0.1.0' },
});
