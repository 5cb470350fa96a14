import { type NextRequest, NextResponse } from 'next/server';
import { appUrl } from './environment.ts';
import { maintenance } from './monitoring/maintenance.ts';
import { findCanonicalUrl } from './security/canonical-scheme.ts';
import { csrf, pageTokenHeader } from './security/csrf.ts';
import { makePageHeaders } from './security/page-headers.ts';
import { sessions } from './security/sessions.ts';

/** Before every page and route: the scheme is enforced, the session renewed, a script policy given, and a token issued that forms without JavaScript can carry. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
	const { pathname, search } = request.nextUrl;
	// A platform asks for health inside its own network, over plain http and without a forwarded scheme; Convex may ask for the keys there.
	if (pathname === '/api/health' || pathname === '/.well-known/jwks.json') return NextResponse.next();

	const canonical = findCanonicalUrl(
		{
			pathAndQuery: `${pathname}${search}`,
			forwardedProto: request.headers.get('x-forwarded-proto'),
			connectionScheme: request.nextUrl.protocol.slice(0, -1),
		},
		appUrl,
	);
	if (canonical !== null) return NextResponse.redirect(canonical, 308);

	const refusal = maintenance.guard(request);
	if (refusal !== null) return new NextResponse(refusal.body, refusal);

	const headers = new Headers(request.headers);
	headers.delete(pageTokenHeader);
	// Next takes the nonce for its scripts out of this header. Whatever a visitor sends under the name is overwritten.
	const page = makePageHeaders(request);
	headers.set('content-security-policy', page.policy);
	headers.delete('content-security-policy-report-only');
	const cookies: string[] = [];
	// Routes below /api speak for themselves; pages cannot set cookies while they render.
	if (!pathname.startsWith('/api/') && request.method === 'GET') {
		const reading = await sessions.read(request);
		const sid = reading.state === 'signed-in' ? reading.session.sid : null;
		if (reading.state === 'signed-in' && reading.setCookie !== null) cookies.push(reading.setCookie);
		const issued = csrf.issue(request, sid);
		if (issued.ok) {
			headers.set(pageTokenHeader, issued.token);
			if (!request.headers.get('cookie')?.includes(issued.token)) cookies.push(issued.setCookie);
		}
	}

	const response = NextResponse.next({ request: { headers } });
	for (const [name, value] of Object.entries(page.headers)) response.headers.set(name, value);
	for (const cookie of cookies) response.headers.append('set-cookie', cookie);
	return response;
}

export const config = { matcher: ['/((?!_next/|icon.svg|plain.css).*)'] };
