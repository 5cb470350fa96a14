import { createVitals } from '@holdfast/kit/vitals';

/** What visitors' browsers measured in the last hour. In memory: another process has its own, and a restart begins anew. */
export const vitals = createVitals();
