/** Measures Web Vitals in the browser. No server code in here. */
export { startVitals, type VitalsClientOptions } from './vitals-client/start-vitals.ts';
