/**
 * The text format of Prometheus, version 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/): names with their unit in
 * base units, counters end in `_total`. Pure.
 */

export interface MetricSample {
	/** Values are escaped here. */
	readonly labels?: Readonly<Record<string, string>>;
	/** Null: not known; the sample is left out, because 0 would be a lie. */
	readonly value: number | null;
}

export interface MetricFamily {
	readonly name: string;
	readonly kind: 'counter' | 'gauge';
	/** One sentence, with the unit where the name does not say it. */
	readonly help: string;
	readonly samples: readonly MetricSample[];
}

/** @returns one text that ends with a line end; a family without samples keeps its help, so that its name is known */
export function writeExposition(families: readonly MetricFamily[]): string {
	return families
		.flatMap(({ name, kind, help, samples }) => [
			`# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
			`# TYPE ${name} ${kind}`,
			...samples.flatMap(({ labels, value }) => (value === null ? [] : [`${name}${writeLabels(labels)} ${writeValue(value)}`])),
		])
		.map((line) => `${line}\n`)
		.join('');
}

function writeLabels(labels: MetricSample['labels'] = {}): string {
	const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
	return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escapeLabel(value: string): string {
	return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function writeValue(value: number): string {
	if (Number.isFinite(value)) return String(value);
	return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}
