/** Names with values; each combination is a series of its own, so values come from short lists and never from a stranger. */
export type Labels = Readonly<Record<string, string>>;

export interface Counters {
	/** Adds to a series. A counter is described when it is first used. */
	readonly add: (name: string, labels: Labels, amount?: number) => void;
	/** Sets what is measured rather than counted. */
	readonly set: (name: string, labels: Labels, value: number) => void;
	readonly read: (name: string, labels: Labels) => number;
	/** All series in the text format of Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats/). */
	readonly text: () => string;
}

export interface CounterDescription {
	readonly kind: 'counter' | 'gauge';
	readonly help: string;
}

interface Family extends CounterDescription {
	readonly series: Map<string, number>;
}

/** More series than this of one name mean that a label has too many values: the rest is counted together. */
const MAX_SERIES = 2_000;

/** Makes counters of this process. `descriptions`: what is known beforehand, so that every name has its help and stands at 0 from the start. */
export function createCounters(descriptions: Readonly<Record<string, CounterDescription>> = {}): Counters {
	const families = new Map<string, Family>();
	for (const [name, description] of Object.entries(descriptions)) families.set(name, { ...description, series: new Map() });
	const find = (name: string, kind: CounterDescription['kind']): Map<string, number> => {
		const known = families.get(name);
		if (known !== undefined) return known.series;
		const made: Family = { kind, help: name.replaceAll('_', ' '), series: new Map() };
		families.set(name, made);
		return made.series;
	};
	return {
		add(name, labels, amount = 1) {
			const series = find(name, 'counter');
			const key = nameSeries(labels);
			const kept = series.has(key) || series.size < MAX_SERIES ? key : '{overflow="true"}';
			series.set(kept, (series.get(kept) ?? 0) + amount);
		},
		set(name, labels, value) {
			find(name, 'gauge').set(nameSeries(labels), value);
		},
		read: (name, labels) => families.get(name)?.series.get(nameSeries(labels)) ?? 0,
		text: () =>
			`${[...families]
				.sort(([a], [b]) => (a < b ? -1 : 1))
				.flatMap(writeFamily)
				.join('\n')}\n`,
	};
}

function writeFamily([name, { kind, help, series }]: readonly [string, Family]): readonly string[] {
	const samples = series.size === 0 && kind === 'counter' ? [] : [...series].map(([key, value]) => `${name}${key} ${value}`);
	return [`# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`, `# TYPE ${name} ${kind}`, ...samples];
}

function nameSeries(labels: Labels): string {
	const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
	return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escapeLabel(value: string): string {
	return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
