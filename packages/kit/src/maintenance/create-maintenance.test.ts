import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createMaintenance } from '../maintenance.ts';

const ask = (method: string, accept = 'application/json') => new Request('http://localhost/', { method, headers: { accept } });

it('lets reads pass and makes writes wait', async () => {
	const maintenance = createMaintenance({ isOn: () => true, retryAfterSeconds: 60 });
	expect(maintenance.guard(ask('GET'))).toBeNull();
	const refused = maintenance.guard(ask('POST'));
	expect(refused?.status).toBe(503);
	expect(refused?.headers.get('retry-after')).toBe('60');
	expect(await maintenance.guard(ask('POST', 'text/html'))?.text()).toContain('<h1>');
	expect(maintenance.guard(ask('POST', 'text/html'))?.headers.get('content-security-policy')).toContain("style-src 'self'");
	expect(maintenance.report()).toMatchObject({ on: true, since: expect.any(String) });
	expect(
		await createMaintenance({ isOn: () => true, page: '<p>Mine</p>' })
			.guard(ask('POST', 'text/html'))
			?.text(),
	).toBe('<p>Mine</p>');
});

it('is off when its switch is off or fails', () => {
	expect(createMaintenance({ isOn: () => false }).guard(ask('POST'))).toBeNull();
	const broken = createMaintenance({
		isOn: () => {
			throw new Error('boom');
		},
	});
	expect(broken.guard(ask('POST'))).toBeNull();
	expect(broken.report()).toEqual({ on: false, since: null });
});

it('is on while its file is there', () => {
	const folder = mkdtempSync(join(tmpdir(), 'maintenance-'));
	const file = join(folder, 'on');
	const maintenance = createMaintenance({ isOn: () => false, file });
	expect(maintenance.guard(ask('POST'))).toBeNull();
	writeFileSync(file, '');
	expect(maintenance.guard(ask('POST'))?.status).toBe(503);
	expect(createMaintenance({ file }).report().on).toBe(true);
	rmSync(folder, { recursive: true });
	expect(maintenance.report()).toEqual({ on: false, since: null });
});

it('refuses to have no switch at all', () => {
	expect(() => createMaintenance({})).toThrow('isOn');
	expect(() => createMaintenance({ file: '' })).toThrow('file');
	expect(() => createMaintenance({ isOn: () => false, page: '' })).toThrow('page');
});
