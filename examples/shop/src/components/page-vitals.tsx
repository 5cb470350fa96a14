'use client';

import { startVitals } from '@holdfast/kit/vitals-client';
import { useParams, usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { findRoutePattern } from './route-pattern.ts';

/** Measures how fast the page was that the visitor came in by. Shows nothing. */
export function PageVitals() {
	const route = findRoutePattern(usePathname(), useParams());
	// Only the first call counts: what is measured belongs to the page that was loaded, not to those that links led to.
	useEffect(() => startVitals({ url: '/api/vitals', route }), [route]);
	return null;
}
