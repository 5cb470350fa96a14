import type { BundleVerdict, GatherReport, VerifyReport } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatRow } from '../terminal/rows.ts';
import type { Paint } from '../terminal/style.ts';

const labelWidth = 8;

/** What was written, and what it says first. */
export function renderGathered(
	{ bundle, markdown, entryCount, sizeBytes, signer, diagnosis }: GatherReport,
	{ columns, style }: Layout,
): readonly string[] {
	const { roots } = diagnosis.diagnosis;
	const said = roots.length === 0 ? ['Nothing was found to be wrong.'] : roots.map(({ message }) => message);
	const row = (label: string, text: string, paint?: Paint) =>
		formatRow(
			0,
			[
				{ text: label, paint: style.dim },
				{ text, paint },
			],
			[labelWidth],
			columns,
		);
	return [
		...row('Bundle', `${bundle} (${entryCount} entries, ${Math.ceil(sizeBytes / 1024)} KiB, signed by ${signer})`, style.bold),
		...row('To read', markdown),
		...said.flatMap((sentence, index) => row(index === 0 ? 'It says' : '', sentence)),
		...row('Check it', `holdfast verify ${bundle}`),
	];
}

export function renderVerdict({ file, verdict }: VerifyReport, { columns, style }: Layout): readonly string[] {
	const paint = verdict.kind === 'signed' ? style.green : verdict.kind === 'broken' ? style.red : style.yellow;
	return [
		...formatRow(0, [{ text: file, paint: style.dim }], [], columns),
		...formatRow(2, [{ text: describe(verdict), paint }], [], columns),
	];
}

function describe(verdict: BundleVerdict): string {
	switch (verdict.kind) {
		case 'signed':
			return `unbroken, signed by ${verdict.signer} (${verdict.count} entries)`;
		case 'signer-unknown':
			return `unbroken, signer unknown (${verdict.count} entries; the key names itself ${verdict.signer}: compare it with --key)`;
		case 'broken':
			return `broken at entry ${verdict.entry}: ${verdict.damage}; ${verdict.reason}`;
		case 'no-bundle':
			return verdict.reason;
	}
}
