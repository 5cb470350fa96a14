import { describe, expect, it } from 'vitest';
import { completeLock, findAbsentPlatforms, readPlatform } from '../scripts/steps/lock-platforms.mjs';
import { readText } from './house/list-files.ts';
import { readHouse } from './house/read-house.ts';

describe('readPlatform', () => {
	it.each([
		['@a/cli-darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
		['@a/binding-linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
		['@a/binding-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
		['@a/win32-x64', { os: ['win32'], cpu: ['x64'] }],
		['fsevents', null],
	])('%s', (name, platform) => {
		expect(readPlatform(name)).toEqual(platform);
	});
});

it('adds what is absent, and leaves the rest as it was', () => {
	const tool = {
		version: '1.2.3',
		dev: true,
		optionalDependencies: { '@a/linux-x64': '1.2.3', '@a/darwin-x64': '1.2.3', helper: '^2.0.0' },
	};
	const present = { version: '1.2.3', dev: true, optional: true, os: ['linux'], cpu: ['x64'] };
	const lock = { packages: { '': {}, 'node_modules/@a/linux-x64': present, 'node_modules/tool': tool } };
	const complete = completeLock(lock);
	expect(Object.keys(complete.packages)).toEqual(['', 'node_modules/@a/darwin-x64', 'node_modules/@a/linux-x64', 'node_modules/tool']);
	expect(complete.packages['node_modules/@a/darwin-x64']).toEqual({
		version: '1.2.3',
		os: ['darwin'],
		cpu: ['x64'],
		dev: true,
		optional: true,
	});
	expect(complete.packages['node_modules/tool']).toBe(tool);
	expect(findAbsentPlatforms(complete).size).toBe(0);
});

describe('package-lock.json', () => {
	const lock = JSON.parse(readText('package-lock.json'));

	it('holds every platform, so that npm ci accepts it', () => {
		const absent = [...findAbsentPlatforms(lock).keys()];
		expect(absent, 'npm ci would refuse the lock file. Run: node scripts/complete-lock.mjs').toEqual([]);
	});

	it('agrees with every package.json', () => {
		const manifests = ['package.json', ...readHouse().workspaces.map(({ folder }) => `${folder}/package.json`)];
		const problems = manifests.flatMap((file) => {
			const { dependencies = {}, devDependencies = {} } = JSON.parse(readText(file));
			const locked = lock.packages[file.replace(/\/?package\.json$/, '')] ?? {};
			const asked = { ...dependencies, ...devDependencies };
			const known = { ...locked.dependencies, ...locked.devDependencies };
			const names = [...new Set([...Object.keys(asked), ...Object.keys(known)])].filter((name) => asked[name] !== known[name]);
			return names.map(
				(name) => `${file} asks for ${name} ${asked[name] ?? '(no more)'}, the lock file has ${known[name] ?? 'none'}. Run: npm install`,
			);
		});
		expect(problems).toEqual([]);
	});

	it('every dependency is pinned exactly', () => {
		const manifests = ['package.json', ...readHouse().workspaces.map(({ folder }) => `${folder}/package.json`)];
		const loose = manifests.flatMap((file) => {
			const { dependencies = {}, devDependencies = {} } = JSON.parse(readText(file));
			return Object.entries<string>({ ...dependencies, ...devDependencies })
				.filter(([, version]) => !/^\d+\.\d+\.\d+/.test(version))
				.map(([name, version]) => `${file}: ${name} "${version}". Name one version.`);
		});
		expect(loose).toEqual([]);
	});
});
