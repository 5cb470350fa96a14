import { createMaintenance } from '@holdfast/kit/maintenance';
import { environment } from '../environment.ts';
import { renderPage } from '../http/answers.ts';

/** Switched on by MAINTENANCE_MODE, or without a restart by the file that HOLDFAST_MAINTENANCE_FILE names. */
export const maintenance = createMaintenance({
	isOn: () => environment.values.MAINTENANCE_MODE === 'true',
	file: environment.values.HOLDFAST_MAINTENANCE_FILE,
	page: renderPage({
		status: 503,
		title: 'We are at work on the shop',
		sentence: 'You can look around; signing in and ordering have to wait. Nothing you typed is wrong; try again in a few minutes.',
		back: { href: '/products', text: 'Look around' },
	}),
});
