/** Figures over time, as checks see them. The engine keeps them in its database; without one there are none. */

export interface TrendQuestion {
	/** Whose answers: `http.latency`. */
	readonly check: string;
	/** Only questions with this parameter; `byDefault` is what one that does not name it means. */
	readonly where?: { readonly name: string; readonly value: string; readonly byDefault: string };
	/** Name of a measurement that is kept. Absent: how long the check took, in milliseconds. */
	readonly measurement?: string;
}

export interface TrendSpan {
	/** Milliseconds since the epoch; the end is exclusive. */
	readonly fromMs: number;
	readonly toMs: number;
	/** Length of a point in milliseconds. How long a check took is kept by the hour, so that less than one gives hours; measurements by the minute. */
	readonly stepMs: number;
}

/** What was measured in one step of time. Steps without a figure are left out. */
export interface TrendPoint {
	/** Milliseconds since the epoch. */
	readonly fromMs: number;
	readonly toMs: number;
	readonly count: number;
	readonly p50: number;
	readonly p75: number;
	readonly p95: number;
}

export interface TrendReader {
	/** Oldest first; empty when nothing was measured. Null: no figures are kept. */
	read(question: TrendQuestion, span: TrendSpan): Promise<readonly TrendPoint[] | null>;
}

/** No figures: what needs them is unknown. */
export const noTrend: TrendReader = { read: async () => null };
