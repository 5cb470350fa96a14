import { defineConfig } from 'vitest/config';

// Packages resolve to their sources in tests, so that no build is needed first (docs/decisions/0003-exports-source-condition.md).
const sources = {
	resolve: { conditions: ['source'] },
	ssr: { resolve: { conditions: ['source', 'node'] } },
};

const PROPERTY_SEED = './test/house/property-seed.ts';
/** Ends the database server that unit tests may have started. */
const TEST_SERVER = './packages/engine/src/fixtures/test-server.ts';
const STORIES = 'test/stories/**/*.test.ts';
const CONFORMANCE = 'examples/shop/convex-local/**/*.test.ts';

export default defineConfig({
	...sources,
	test: {
		projects: [
			{
				...sources,
				test: {
					name: 'unit',
					// A guard against what hangs, not a measure: machines that do several things at once take their time.
					testTimeout: 20_000,
					hookTimeout: 30_000,
					globalSetup: [TEST_SERVER],
					setupFiles: [PROPERTY_SEED],
					include: [
						'packages/*/src/**/*.test.ts',
						'apps/*/src/**/*.test.ts',
						'examples/*/{src,scripts}/**/*.test.{ts,tsx}',
						'bench/**/*.test.ts',
					],
				},
			},
			{
				...sources,
				test: {
					name: 'house',
					setupFiles: [PROPERTY_SEED],
					include: ['test/**/*.test.ts'],
					exclude: [STORIES],
					testTimeout: 30_000,
					hookTimeout: 30_000,
				},
			},
			{
				...sources,
				test: { name: 'story', include: [STORIES], testTimeout: 120_000, hookTimeout: 180_000 },
			},
			{
				...sources,
				test: { name: 'conformance', include: [CONFORMANCE], testTimeout: 20_000, hookTimeout: 20_000 },
			},
		],
	},
});
