import { csrf } from '../../../security/csrf.ts';

export const dynamic = 'force-dynamic';

export const { GET, POST } = csrf;
