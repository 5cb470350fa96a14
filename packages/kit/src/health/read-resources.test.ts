import { describe, expect, it } from 'vitest';
import { readCpuLimit, readCpuPressure, readDisk, readHandles, readMemoryLimit } from './read-resources.ts';

const files = (content: Record<string, string>) => (path: string) => content[path] ?? null;

describe('readMemoryLimit', () => {
	it('takes the limit of a container', () => {
		const read = files({ '/sys/fs/cgroup/memory.max': '1000\n', '/sys/fs/cgroup/memory.current': '400\n' });
		expect(readMemoryLimit(50, read, 9000)).toEqual({ limitBytes: 1000, limitSource: 'container', usedBytes: 400 });
	});
	it('takes the machine where no group limits it', () => {
		const read = files({ '/sys/fs/cgroup/memory.max': 'max\n', '/sys/fs/cgroup/memory.current': '400\n' });
		expect(readMemoryLimit(50, read, 9000)).toEqual({ limitBytes: 9000, limitSource: 'machine', usedBytes: 50 });
	});
});

it('reads the disk of the working directory', () => expect(readDisk()?.totalBytes).toBeGreaterThan(0));

it('reads the limit of open files', () =>
	expect(readHandles(files({ '/proc/self/limits': 'Max open files            1024   4096   files\n' })).limit).toBe(1024));

describe('readCpuLimit', () => {
	it('reads control groups of version 2', () => expect(readCpuLimit(files({ '/sys/fs/cgroup/cpu.max': '50000 100000\n' }))).toBe(0.5));
	it('reads control groups of version 1', () => {
		const read = files({ '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '200000\n', '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n' });
		expect(readCpuLimit(read)).toBe(2);
	});
	it('knows no limit where there is none', () => {
		expect(readCpuLimit(files({ '/sys/fs/cgroup/cpu.max': 'max 100000\n' }))).toBeNull();
		expect(readCpuLimit(files({ '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n' }))).toBeNull();
	});
});

it('reads how often something waited for a core, of the container before the machine', () => {
	const machine = 'some avg10=42.50 avg60=15.65 avg300=21.59 total=1\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n';
	expect(readCpuPressure((path) => (path === '/proc/pressure/cpu' ? machine : null))).toBe(0.425);
	expect(readCpuPressure((path) => (path.startsWith('/sys') ? 'some avg10=7.00 avg60=0' : machine))).toBe(0.07);
	expect(readCpuPressure(() => null)).toBeNull();
});
