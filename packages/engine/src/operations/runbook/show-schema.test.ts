import type { Runbook } from '@holdfast/runbook/model';
import { readRunbook } from '@holdfast/runbook/read';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import { generateShowSchema, shownRunbookSchema } from './show-schema.ts';

describe('the published schema of runbook show --json', () => {
	it('is what the model says (npx vitest run -u writes it anew)', async () => {
		await expect(`${JSON.stringify(generateShowSchema(), null, 2)}\n`).toMatchFileSnapshot(
			'../../../../../docs/schema/runbook-show.schema.json',
		);
	});

	it('has the fields of the model and no others', () => {
		type Published = z.output<typeof shownRunbookSchema>;
		expectTypeOf<Published>().toExtend<Runbook>();
		expectTypeOf<keyof Published>().toEqualTypeOf<keyof Runbook>();
		expectTypeOf<keyof Published['issues'][number]>().toEqualTypeOf<keyof Runbook['issues'][number]>();
		expectTypeOf<keyof Published['procedures'][number]>().toEqualTypeOf<keyof Runbook['procedures'][number]>();
		expectTypeOf<keyof Published['fences'][number]>().toEqualTypeOf<keyof Runbook['fences'][number]>();
		expectTypeOf<keyof Published['commands'][number]['command']>().toEqualTypeOf<keyof Runbook['commands'][number]['command']>();
	});

	it('describes a real document whole', () => {
		const reading = readRunbook(document);
		if (!reading.ok) throw new Error('expected the document to be read');
		expect(shownRunbookSchema.parse(reading.runbook)).toEqual(reading.runbook);
	});
});

const document = `# Bakery

## Common Issues

### Oven does not answer

**Symptoms**:
- The page stays white

**Possible Causes**:
1. The oven is off

**Resolution Steps**:

1. **Look at the oven**:
   \`\`\`bash
   curl https://your-domain.com/api/health
   \`\`\`
   Should return \`{"status":"ok"}\`

## Monitoring Checklist

### Shop

- [ ] Uptime > 99.9%

## Contact Information

- **Baker**: [Contact Info]

## Useful URLs

- Shop: https://your-domain.com
`;
