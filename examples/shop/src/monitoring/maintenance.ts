import { createMaintenance } from '@holdfast/kit/maintenance';
import { environment } from '../environment.ts';

/** Switched on by MAINTENANCE_MODE. */
export const maintenance = createMaintenance({ isOn: () => environment.values.MAINTENANCE_MODE === 'true' });
