/** The build in the application's folder on this machine, read once per run. */
import type { CheckContext } from '../contract.ts';
import type { ApplicationBuild, VendorVerdict } from '../vendors.ts';

export function readBuild(context: CheckContext): Promise<VendorVerdict<ApplicationBuild>> {
	const { checkout } = context.service;
	return context.fact('build', async (signal): Promise<VendorVerdict<ApplicationBuild>> => {
		if (checkout === undefined)
			return {
				kind: 'no-answer',
				code: 'not-configured',
				reason: 'The application’s folder is not known, so its build cannot be looked at',
				enable: 'set `checkout` for the service in holdfast.yaml to the application’s folder on this machine',
			};
		return context.vendors.serverFiles.readBuild(checkout, signal);
	});
}
