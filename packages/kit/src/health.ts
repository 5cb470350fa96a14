/** Health route: a public word for load balancers, a private report for the bearer of the service's token. */
export { createHealth, type Health, type HealthOptions } from './health/create-health.ts';
export type { BuildOptions } from './health/read-build.ts';
