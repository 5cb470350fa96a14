/** Web Vitals of real visitors: takes the beacons in, and sums up the last hour. */
export { createVitals, type Vitals, type VitalsOptions } from './vitals/create-vitals.ts';
