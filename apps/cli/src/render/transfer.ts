import type { ExportReport, Manifest } from '@holdfast/engine/transfer';
import { makePrintable } from '../terminal/printable.ts';

export function renderExported(report: ExportReport): readonly string[] {
	const hasKeys = report.files.some(({ path }) => path.startsWith('keys/'));
	const missing = `Not in it: holdfast.yaml, runbooks, secrets${hasKeys ? '' : ', the key that evidence is signed with (--with-keys)'}.`;
	return [
		makePrintable(`${report.file}: ${describe(report)}, ${(report.sizeBytes / 1024 / 1024).toFixed(1)} MB.`),
		missing,
		...(hasKeys ? ['The private key of this instance is in it: keep the file as a secret.'] : []),
		makePrintable(`Restore it with: holdfast import ${report.file}`),
	];
}

export function renderImported(file: string, manifest: Manifest): readonly string[] {
	return [
		makePrintable(`${file}: ${describe(manifest)}, of ${manifest.createdAt}. Every row and the digest are right.`),
		'Start it: holdfast up',
	];
}

function describe({ tables, files, schemaVersion, product }: Manifest): string {
	const rows = tables.reduce((sum, table) => sum + table.rows, 0);
	return `${rows} rows of ${tables.length} tables, ${files.length} files, schema ${schemaVersion}, Holdfast ${product}`;
}
