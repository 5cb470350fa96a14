/** Maintenance mode: reads pass, writes wait. */
export { createMaintenance, type Maintenance, type MaintenanceOptions } from './maintenance/create-maintenance.ts';
