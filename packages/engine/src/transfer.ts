/** Moving everything that Holdfast knows: published for the command line. */
export { type ExportInput, type ExportReport, exportToFile } from './local/export-file.ts';
export { type ImportInput, importFromFile } from './local/import-file.ts';
export type { Manifest } from './transfer/manifest.ts';
export type { TransferProgress } from './transfer/write-export.ts';
