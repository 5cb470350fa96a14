import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { INGEST_PORT } from '../packages/engine/src/local/ingest-part.ts';
import { readText, root } from './house/list-files.ts';

const unit = readText('deploy/systemd/holdfast.service');
const image = readText('deploy/docker/Dockerfile');

describe('what it takes to run elsewhere', () => {
	it('names files and projects that exist', () => {
		for (const text of [unit, image]) {
			const files = [...text.matchAll(/\/opt\/holdfast\/(\S+?\.js)/g)].map(([, file]) => file ?? '');
			expect(files.length).toBeGreaterThan(0);
			for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
		}
		expect(image).toContain('tsc -b apps/cli');
		expect(existsSync(join(root, 'apps/cli/tsconfig.json'))).toBe(true);
	});

	it('runs the oldest Node.js that the packages allow, without root, on the port of ingest', () => {
		const { engines } = JSON.parse(readText('package.json'));
		const major = /(\d+)/.exec(engines.node)?.[1];
		expect(image.match(/^FROM node:(\d+)-slim/gm)?.every((line) => line.includes(`node:${major}-`))).toBe(true);
		expect(image).toMatch(/^USER node$/m);
		expect(image).toContain(`EXPOSE ${INGEST_PORT}`);
		expect(unit).toMatch(/^User=(?!root)/m);
	});

	it('is given the time to end in order', () => {
		// Engine and database are given 15 s each at most; systemd kills after this.
		expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThanOrEqual(30);
	});
});
