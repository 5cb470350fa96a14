import { expect, it } from 'vitest';
import { showPlace } from './place.ts';

it('names the file shortly, with line and column', () => {
	expect(showPlace('docs/ops/RUNBOOK.md', 12)).toBe('RUNBOOK.md:12');
	expect(showPlace('RUNBOOK.md', 12, 3)).toBe('RUNBOOK.md:12:3');
});
