import { vitals } from '../../../monitoring/vitals.ts';

export const dynamic = 'force-dynamic';

export const { POST } = vitals;
