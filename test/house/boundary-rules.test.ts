import { describe, expect, it } from 'vitest';
import { type House, judgeImport } from './boundary-rules.ts';
import { scanImports } from './scan-imports.ts';

const workspace = (name: string, folder: string, entries: string[], dependencies: string[]) => ({ name, folder, entries, dependencies });
const house: House = {
	workspaces: [
		workspace('@holdfast/runbook', 'packages/runbook', ['./model', './read'], ['yaml']),
		workspace('@holdfast/kit', 'packages/kit', ['./wire', './health'], []),
		workspace('@holdfast/checks', 'packages/checks', ['./contract', './registry'], ['@holdfast/runbook', '@holdfast/kit', 'zod']),
		workspace('@holdfast/providers', 'packages/providers', ['./registry', './notification', './channels'], ['@holdfast/checks', 'convex']),
		workspace(
			'@holdfast/engine',
			'packages/engine',
			['./operations'],
			['@holdfast/checks', '@holdfast/providers', '@holdfast/runbook', 'pg', 'react'],
		),
		workspace('holdfast', 'apps/cli', [], ['@holdfast/engine', '@holdfast/runbook', 'commander']),
		workspace('@holdfast/console', 'apps/console', [], ['@holdfast/engine', '@holdfast/kit', 'next']),
		workspace('@holdfast/example-shop', 'examples/shop', [], ['@holdfast/kit', 'next']),
	],
	tools: ['vitest', 'fast-check'],
};

/** What the rules say about the one import of a file made for the purpose. */
function judge(file: string, source: string): string | null {
	const [imported] = scanImports(source);
	if (!imported) throw new Error(`no import in ${source}`);
	return judgeImport(house, file, imported, file.endsWith('.test.ts'));
}

describe('the import table refuses', () => {
	it.each([
		['packages/runbook/src/read.ts', "import { readFileSync } from 'node:fs'", 'runbook is pure'],
		['packages/runbook/src/read.ts', "import fs from 'fs'", 'write "node:fs"'],
		['packages/runbook/src/read.ts', "import type { Wire } from '@holdfast/kit/wire'", 'runbook is pure'],
		['packages/kit/src/health.ts', "import { x } from '@holdfast/runbook/model'", 'knows nothing of ours'],
		['packages/checks/src/run.ts', "import { x } from '@holdfast/kit/health'", 'vendors.ts'],
		['packages/checks/src/run.ts', "import { x } from '@holdfast/providers/registry'", 'vendors.ts'],
		['packages/checks/src/run.ts', "import { Client } from 'pg'", 'vendors.ts'],
		['packages/checks/src/diagnosis/rank.ts', "import { lookup } from 'node:dns'", 'no clock, network or files'],
		['packages/checks/src/diagnosis/rank.ts', "import { probe } from '../probe/http-probe.ts'", 'only observations'],
		['packages/providers/src/sentry/client.ts', "import { x } from '@holdfast/checks/registry'", 'interfaces in checks'],
		['packages/providers/src/sentry/client.ts', "import { x } from '../convex/client.ts'", 'provider sentry know the provider convex'],
		['packages/engine/src/operations/check/run.ts', "import { x } from '@holdfast/providers/registry'", 'names a concrete provider'],
		['packages/engine/src/notify/work.ts', "import { createChannel } from '@holdfast/providers/channels'", 'names a concrete provider'],
		['packages/engine/src/operations/check/run.ts', "import { x } from '@holdfast/kit/health'", 'no HTTP framework'],
		['packages/engine/src/operations/check/run.ts', "import React from 'react'", 'no HTTP framework'],
		['apps/cli/src/commands/check.ts', "import { checks } from '@holdfast/checks/registry'", 'an operation of packages/engine'],
		['apps/cli/src/commands/show.ts', "import { readRunbook } from '@holdfast/runbook/read'", 'only `import type`'],
		['apps/cli/src/commands/show.ts', "const x = await import('@holdfast/runbook/read')", 'only `import type`'],
		['apps/cli/src/commands/show.ts', "import { Client } from 'pg'", 'an operation of packages/engine'],
		['apps/cli/src/commands/show.ts', "import { x } from '@holdfast/engine/src/local.ts'", 'no entry point'],
		['apps/console/src/page.tsx', "import { x } from 'kysely'", 'an operation of packages/engine'],
		['examples/shop/src/page.tsx', "import { x } from '@holdfast/engine/operations'", 'over HTTP'],
		['packages/checks/src/run.ts', "import { x } from '@holdfast/runbook/parse'", '@holdfast/runbook publishes @holdfast/runbook/model'],
		['packages/checks/src/run.ts', "import { x } from '../../runbook/src/read.ts'", 'reaches out of its package'],
		['packages/checks/src/run.ts', "import { x } from '../../../test/house/list-files.ts'", 'reaches out of its package'],
		['packages/checks/src/run.ts', "import got from 'got'", 'does not name'],
		['packages/checks/src/run.ts', "import { it } from 'vitest'", 'does not name'],
		['packages/checks/src/run.ts', 'await import(name)', 'computed'],
		['packages/runbook/src/read.test.ts', "import { x } from '@holdfast/checks/registry'", 'runbook is pure'],
		['scripts/test.mjs', "import { parse } from 'yaml'", 'before anything is installed'],
		['test/documents.test.ts', "import { x } from '@holdfast/runbook/src/read.ts'", 'no entry point'],
	])('%s: %s', (file, source, sentence) => {
		expect(judge(file, source)).toContain(sentence);
	});
});

describe('the import table allows', () => {
	it.each([
		['packages/runbook/src/read.ts', "import { parse } from 'yaml'"],
		['packages/runbook/src/read.test.ts', "import { readFileSync } from 'node:fs'"],
		['packages/runbook/src/read.test.ts', "import fc from 'fast-check'"],
		['packages/checks/src/run.ts', "import type { Wire } from '@holdfast/kit/wire'"],
		['packages/checks/src/run.ts', "import { x } from '@holdfast/runbook/read'"],
		['packages/checks/src/probe/http-probe.ts', "import http from 'node:http'"],
		['packages/checks/src/diagnosis/rank.ts', "import type { Observation } from '../contract.ts'"],
		['packages/providers/src/sentry/client.ts', "import type { Outcome } from '@holdfast/checks/contract'"],
		['packages/providers/src/registry.ts', "import { x } from './sentry/client.ts'"],
		['packages/engine/src/local.ts', "import { x } from '@holdfast/providers/registry'"],
		['packages/engine/src/operations/check/run.ts', "import type { X } from '@holdfast/providers/registry'"],
		['packages/engine/src/config/schema.ts', "import { createChannelSchema } from '@holdfast/providers/notification'"],
		['apps/cli/src/commands/show.ts', "import { showRunbook } from '@holdfast/engine/operations'"],
		['apps/cli/src/commands/show.ts', "import type { Runbook } from '@holdfast/runbook/model'"],
		['apps/console/src/page.tsx', "import { createHealth } from '@holdfast/kit/health'"],
		['examples/shop/src/page.tsx', "import { createHealth } from '@holdfast/kit/health'"],
		['apps/cli/src/dev/load-faults.ts', 'await import(place.href)'],
		['bench/runbook.mjs', "import { readRunbook } from '@holdfast/runbook/read'"],
		['scripts/test.mjs', "import { x } from './steps/root.mjs'"],
	])('%s: %s', (file, source) => {
		expect(judge(file, source)).toBeNull();
	});
});
