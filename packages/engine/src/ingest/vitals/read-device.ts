import type { VitalReport } from '@holdfast/kit/wire';

/** The class of a device by its user agent, for a beacon that does not say it. The same rule as the kit's own receiver has. */
export function readDevice(userAgent: string): VitalReport['device'] {
	if (/iphone|android.{0,200}mobile|windows phone/i.test(userAgent)) return 'phone';
	return /windows nt|macintosh|x11|cros/i.test(userAgent) && !/ipad|tablet/i.test(userAgent) ? 'desktop' : 'other';
}
