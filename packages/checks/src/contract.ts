/**
 * The check contract: a typed question about a service, and one answer.
 * `unknown` is an answer of its own: never up, never down, always with the reason and what would make it known.
 */
import type { z } from 'zod';
import type { Attachment } from './attachment.ts';
import type { Fact, HistoryReader } from './history.ts';
import type { HttpProbe } from './probe/http-probe.ts';
import type { NetProbe } from './probe/net-probe.ts';
import type { Secret } from './secret.ts';
import type { TrendReader } from './trend.ts';
import type { VendorPorts } from './vendors.ts';

export type { Attachment } from './attachment.ts';
export type { Fact, FactSample, HistoryReader } from './history.ts';

export type State = 'ok' | 'warn' | 'fail' | 'unknown';

/** A timed part of a measurement: `dns`, `connect`, `tls`, `first-byte`, `body`. */
export interface Phase {
	readonly name: string;
	readonly durationMs: number;
}

/** What was seen, already redacted, short enough to show; `truncated` says when it was cut. */
export interface Evidence {
	readonly title: string;
	readonly kind: 'text' | 'http' | 'table' | 'chain' | 'json';
	readonly body: string;
	readonly truncated?: boolean;
}

export interface Measurement {
	readonly name: string;
	readonly value: number;
	readonly unit: 'ms' | 'bytes' | 'count' | 'days' | 'score' | 'ratio' | 'percent';
}

/** One thing that is not as it should be. `code` is stable (`redirect.scheme-loop`): the diagnosis reasons over it. */
export interface Finding {
	readonly code: string;
	readonly severity: 'fail' | 'warn' | 'info';
	/** One sentence, present tense, with figures and units. */
	readonly message: string;
	/** What to do, in the imperative. */
	readonly fix?: string;
	/** Path it is about, where one check looks at several: only then can it be told which finding echoes which. */
	readonly at?: string;
}

/** What a check's `run` returns. `reason` is one sentence, also for `ok`. */
export interface Outcome {
	readonly state: State;
	readonly reason: string;
	/** With `unknown`: what would make it known, as a command or a setting where there is one. */
	readonly enable?: string;
	/** With `unknown`: false when the question does not arise for this service (TLS over plain http). It then keeps no cause from being ruled out. */
	readonly applicable?: boolean;
	readonly findings?: readonly Finding[];
	readonly evidence?: readonly Evidence[];
	readonly measurements?: readonly Measurement[];
	readonly phases?: readonly Phase[];
	/** Files that prove it: a screenshot, a HAR. */
	readonly attachments?: readonly Attachment[];
	/** What the history should remember: a change of it may explain a failure later. */
	readonly facts?: readonly Fact[];
	/** What was looked at: a URL, a host and port; defaults to the service's URL. */
	readonly subject?: string;
}

export interface Observation extends Required<Omit<Outcome, 'enable'>> {
	readonly check: string;
	/** `id` and its parameters in canonical form: the same key is the same question. */
	readonly key: string;
	readonly params: Readonly<Record<string, unknown>>;
	readonly enable: string | null;
	/** ISO 8601, UTC. */
	readonly startedAt: string;
	readonly durationMs: number;
	/** Key of the failing prerequisite whose echo this is; null when it stands for itself. Set by the graph runner. */
	readonly echoOf: string | null;
}

/** One route to look at, from the configuration. */
export interface RouteTarget {
	readonly path: string;
	/** Text that must be on the page. */
	readonly text?: string;
	/** The page must list at least so many items. */
	readonly list?: number;
}

/** The service in question, as the checks see it: no secrets in clear, no configuration file. */
export interface ServiceTarget {
	readonly name: string;
	/** Origin of the application, for example `https://shop.example`. */
	readonly url: string;
	/** Private and loopback addresses are allowed. */
	readonly private: boolean;
	/** Further hosts that checks may reach. */
	readonly allowHosts: readonly string[];
	readonly routes: readonly RouteTarget[];
	/** Convex deployment URL; absent when the application has none or it is not known. */
	readonly convexUrl?: string;
	/** Where its variables or configuration name the Convex URL, for the words of a finding. */
	readonly convexUrlSource?: string;
	/** Further certificate authorities to trust, PEM text; absent means the system's own. */
	readonly ca?: string;
	/** Path at which the configuration (`csrf.probe`) allows a CSRF token to be proved by POST, besides the kit's own. */
	readonly csrfProbe?: string;
	/** Vendors whose status pages matter: `convex`, `vercel`, `sentry`, or a page's URL. */
	readonly vendors: readonly string[];
	/** Names of the secrets that the application needs; the kit's own declaration adds to them. */
	readonly secrets?: readonly string[];
	/** Bearer token of the kit's private report. */
	readonly kitToken?: Secret;
	/** Admin or deploy key of the Convex deployment. */
	readonly convexAdminKey?: Secret;
	/** URL of the deployment's HTTP actions; derived from the deployment's URL when absent. */
	readonly convexSiteUrl?: string;
	/** Where user documents are kept, for `convex.users`. Absent: table `users`, field `email`. */
	readonly convexUsers?: { readonly table: string; readonly field: string };
	/** `home`: the errors are kept by Holdfast itself, in the installation of that folder, and no token is needed. */
	readonly sentry?: {
		readonly url: string;
		readonly org: string;
		readonly project: string;
		readonly token?: Secret;
		readonly home?: string;
	};
	/** The account without rights that checks sign in with. */
	readonly synthetic?: { readonly user: string; readonly password: Secret; readonly path: string };
	/** Absolute path of the application's checkout or release folder on this machine. */
	readonly checkout?: string;
	/** Base URL of the package registry that knows the application's dependencies; npm's when absent. */
	readonly registry?: string;
	/** Absolute path of the application's log on this machine. */
	readonly logFile?: string;
	/** Absolute path of the application's environment file on this machine. */
	readonly envFile?: string;
	/** Settings that are in the configuration and could not be had (a variable that is not set): the check that needs one says so. */
	readonly missing?: readonly MissingSetting[];
}

export type SettingName = 'kit.token' | 'convex.adminKey' | 'sentry.token' | 'synthetic.password';

export interface MissingSetting {
	readonly setting: SettingName;
	/** One sentence without a value: `kit.token: the variable HOLDFAST_TOKEN is not set`. */
	readonly reason: string;
	/** What to do. */
	readonly enable: string;
}

export interface CheckContext {
	readonly service: ServiceTarget;
	/** Aborts at the check's deadline or the caller's. */
	readonly signal: AbortSignal;
	/** Milliseconds until the deadline aborts `signal`: a check that measures several times stops in time to say what it has. */
	readonly leftMs: () => number;
	/** Milliseconds since the epoch. */
	readonly now: () => number;
	/** Measures a fact once per run of the graph: the same key gives the same promise to every check that asks. */
	readonly fact: <T>(key: string, measure: (signal: AbortSignal) => Promise<T>) => Promise<T>;
	readonly http: HttpProbe;
	readonly net: NetProbe;
	readonly vendors: VendorPorts;
	/** What was seen before. */
	readonly history: HistoryReader;
	/** What was measured before. */
	readonly trend: TrendReader;
	/** `diagnosis`: an answer is waited for; `monitor`: the check may take its time. */
	readonly purpose: 'diagnosis' | 'monitor';
}

export interface CheckDefinition<Params extends z.ZodObject = z.ZodObject> {
	readonly id: string;
	/** A few words: `Health endpoint answers`. */
	readonly title: string;
	/** The question, as a person would ask it. */
	readonly question: string;
	/** For `holdfast help <check>`: what is looked at, what each state means, where the thresholds come from. */
	readonly explains: string;
	/** What it needs to be told or given; shown by `help` and in `unknown`. */
	readonly requires: readonly string[];
	/** Ids of checks whose failure explains this one's. */
	readonly needs: readonly string[];
	/** Parameters taken over, where they differ from the default, from the check whose prerequisite it is. Absent: none. */
	readonly inherits?: readonly string[];
	/** False where the question makes no sense (TLS of a service on plain http): it is then left out as a prerequisite. Absent: always. */
	readonly appliesTo?: (service: ServiceTarget) => boolean;
	/** Flat object of scalars; each field documented with `.describe()`, units in the description. */
	readonly params: Params;
	/** Longest it may take, in milliseconds. */
	readonly deadlineMs: number;
	readonly run: (context: CheckContext, params: z.output<Params>) => Promise<Outcome>;
}

/** A check to run: id and raw parameters as they stand in a binding or on the command line. */
export interface CheckRequest {
	readonly id: string;
	readonly params: Readonly<Record<string, string | number | boolean>>;
}
