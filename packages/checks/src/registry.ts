/** The catalogue of checks. Adding one is two edits: its folder, and its line here. The order is that in which results are shown. */
import type { Catalogue } from '@holdfast/runbook/catalogue';
import { findNearestName } from '@holdfast/runbook/nearest-name';
import { authLogin } from './catalogue/auth.login/index.ts';
import { authSession } from './catalogue/auth.session/index.ts';
import { backupFresh } from './catalogue/backup.fresh/index.ts';
import { browserConsole } from './catalogue/browser.console/index.ts';
import { bundleSize } from './catalogue/bundle.size/index.ts';
import { convexAuthConfig } from './catalogue/convex.auth-config/index.ts';
import { convexFunctions } from './catalogue/convex.functions/index.ts';
import { convexHealth } from './catalogue/convex.health/index.ts';
import { convexLatency } from './catalogue/convex.latency/index.ts';
import { convexLimits } from './catalogue/convex.limits/index.ts';
import { convexLogs } from './catalogue/convex.logs/index.ts';
import { convexReachable } from './catalogue/convex.reachable/index.ts';
import { convexScans } from './catalogue/convex.scans/index.ts';
import { convexState } from './catalogue/convex.state/index.ts';
import { convexSync } from './catalogue/convex.sync/index.ts';
import { convexUrl } from './catalogue/convex.url/index.ts';
import { convexUsage } from './catalogue/convex.usage/index.ts';
import { convexUsers } from './catalogue/convex.users/index.ts';
import { dataIntegrity } from './catalogue/data.integrity/index.ts';
import { depsAudit } from './catalogue/deps.audit/index.ts';
import { depsOutdated } from './catalogue/deps.outdated/index.ts';
import { envChanged } from './catalogue/env.changed/index.ts';
import { envFormat } from './catalogue/env.format/index.ts';
import { envPresent } from './catalogue/env.present/index.ts';
import { envRequired } from './catalogue/env.required/index.ts';
import { envSecret } from './catalogue/env.secret/index.ts';
import { envTypo } from './catalogue/env.typo/index.ts';
import { httpAssets } from './catalogue/http.assets/index.ts';
import { httpCaching } from './catalogue/http.caching/index.ts';
import { httpCdn } from './catalogue/http.cdn/index.ts';
import { httpCookies } from './catalogue/http.cookies/index.ts';
import { httpCsrf } from './catalogue/http.csrf/index.ts';
import { httpHealth } from './catalogue/http.health/index.ts';
import { httpLatency } from './catalogue/http.latency/index.ts';
import { httpList } from './catalogue/http.list/index.ts';
import { httpPage } from './catalogue/http.page/index.ts';
import { httpRedirects } from './catalogue/http.redirects/index.ts';
import { httpSecurityHeaders } from './catalogue/http.security-headers/index.ts';
import { httpStatus } from './catalogue/http.status/index.ts';
import { logsErrors } from './catalogue/logs.errors/index.ts';
import { netDns } from './catalogue/net.dns/index.ts';
import { netTcp } from './catalogue/net.tcp/index.ts';
import { netTls } from './catalogue/net.tls/index.ts';
import { perfTrend } from './catalogue/perf.trend/index.ts';
import { releaseBuild } from './catalogue/release.build/index.ts';
import { securityLog } from './catalogue/security.log/index.ts';
import { sentryErrors } from './catalogue/sentry.errors/index.ts';
import { sentryPerformance } from './catalogue/sentry.performance/index.ts';
import { serverMemoryTrend } from './catalogue/server.memory-trend/index.ts';
import { serverResources } from './catalogue/server.resources/index.ts';
import { tlsCertificate } from './catalogue/tls.certificate/index.ts';
import { vendorStatus } from './catalogue/vendor.status/index.ts';
import { vitalsP75 } from './catalogue/vitals.p75/index.ts';
import type { CheckDefinition } from './contract.ts';
import { buildKey } from './graph/canonical-key.ts';
import { type DescribedParam, describeParams } from './graph/describe-params.ts';
import { type RawParams, readParams } from './graph/read-params.ts';

export type { DescribedParam } from './graph/describe-params.ts';

export const checks = {
	'net.dns': netDns,
	'net.tcp': netTcp,
	'net.tls': netTls,
	'tls.certificate': tlsCertificate,
	'http.redirects': httpRedirects,
	'http.status': httpStatus,
	'http.health': httpHealth,
	'http.page': httpPage,
	'http.assets': httpAssets,
	'http.latency': httpLatency,
	'http.cookies': httpCookies,
	'http.csrf': httpCsrf,
	'http.security-headers': httpSecurityHeaders,
	'http.caching': httpCaching,
	'env.present': envPresent,
	'env.required': envRequired,
	'env.format': envFormat,
	'env.typo': envTypo,
	'env.secret': envSecret,
	'env.changed': envChanged,
	'server.resources': serverResources,
	'server.memory-trend': serverMemoryTrend,
	'release.build': releaseBuild,
	'logs.errors': logsErrors,
	'bundle.size': bundleSize,
	'http.list': httpList,
	'http.cdn': httpCdn,
	'vitals.p75': vitalsP75,
	'perf.trend': perfTrend,
	'auth.login': authLogin,
	'auth.session': authSession,
	'browser.console': browserConsole,
	'convex.url': convexUrl,
	'convex.reachable': convexReachable,
	'convex.health': convexHealth,
	'convex.functions': convexFunctions,
	'convex.sync': convexSync,
	'convex.state': convexState,
	'convex.logs': convexLogs,
	'convex.latency': convexLatency,
	'convex.scans': convexScans,
	'convex.usage': convexUsage,
	'convex.limits': convexLimits,
	'convex.auth-config': convexAuthConfig,
	'convex.users': convexUsers,
	'sentry.errors': sentryErrors,
	'sentry.performance': sentryPerformance,
	'vendor.status': vendorStatus,
	'security.log': securityLog,
	'deps.audit': depsAudit,
	'deps.outdated': depsOutdated,
	'data.integrity': dataIntegrity,
	'backup.fresh': backupFresh,
} as const satisfies Record<string, CheckDefinition>;

export type CheckId = keyof typeof checks;

/** All checks, in the order in which results are shown. */
export const checkList: readonly CheckDefinition[] = Object.values(checks);

export const checkIds: readonly string[] = Object.keys(checks);

/** @returns the check, or null when there is none of that id. */
export function findCheck(id: string): CheckDefinition | null {
	return checkList.find((check) => check.id === id) ?? null;
}

/** @returns the id that somebody probably meant, or null. */
export function findNearestCheck(id: string): string | null {
	return findNearestName(id, checkIds);
}

/**
 * The canonical key of a question, as observations carry it.
 * @param params raw, as in a binding. @returns null when the id or a parameter is wrong.
 */
export function keyOf(id: string, params: RawParams): string | null {
	const check = findCheck(id);
	if (check === null) return null;
	const read = readParams(check, params);
	return read.ok ? buildKey(check, read.params) : null;
}

/** What bindings may name, for the runbook package. */
export function describeCatalogue(): Catalogue {
	const entries = checkList.map((check) => ({
		kind: 'check' as const,
		id: check.id,
		title: check.title,
		params: describeParams(check.params),
	}));
	return { entries };
}

export interface CheckExplanation {
	readonly id: string;
	readonly title: string;
	readonly question: string;
	readonly explains: string;
	readonly requires: readonly string[];
	readonly needs: readonly string[];
	/** Milliseconds. */
	readonly deadlineMs: number;
	readonly params: readonly DescribedParam[];
}

/** Everything `holdfast help <check>` shows. @returns null when there is no such check. */
export function explainCheck(id: string): CheckExplanation | null {
	const check = findCheck(id);
	if (check === null) return null;
	const { title, question, explains, requires, needs, deadlineMs } = check;
	return { id: check.id, title, question, explains, requires, needs, deadlineMs, params: describeParams(check.params) };
}
