import { createMaintenance } from '@holdfast/kit/maintenance';
import { environment } from '../environment.ts';

/** Switched on by MAINTENANCE_MODE, or without a restart by the file that HOLDFAST_MAINTENANCE_FILE names. */
export const maintenance = createMaintenance({
	isOn: () => environment.values.MAINTENANCE_MODE === 'true',
	file: environment.values.HOLDFAST_MAINTENANCE_FILE,
});
