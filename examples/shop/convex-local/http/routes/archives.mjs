import { randomUUID } from 'node:crypto';

/** @import { ImportRequest } from '../../archive/archive.d.ts' */
/** @import { Route } from '../http.d.ts' */

/** Exports and imports, as the CLI makes them. @type {Readonly<Record<string, Route>>} */
export const archives = {
	'/api/export/request/zip': async ({ archive, audit }) => {
		archive.requestExport();
		await audit('request_export', {});
		return '';
	},
	'/api/export/zip/': ({ archive, name }, { response }) => {
		const zip = archive.exportedZip();
		response
			.writeHead(200, {
				'content-type': 'application/zip',
				'content-length': zip.length,
				'content-disposition': `attachment; filename=snapshot_${name}_${Date.now()}.zip`,
				'cache-control': 'private, max-age=2592000',
			})
			.end(zip);
		return undefined;
	},
	'/api/import/start_upload': () => ({ uploadToken: randomUUID() }),
	'/api/import/upload_part': ({ archive }, { body, response }) =>
		void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(archive.addPart(body))),
	'/api/import/finish_upload': ({ archive }, request) => archive.finishUpload(/** @type {ImportRequest} */ (request.json())),
	'/api/perform_import': async ({ archive, audit }, request) => {
		await archive.performImport(idIn(request.json()));
		await audit('snapshot_import', {});
		return '';
	},
	'/api/cancel_import': ({ archive }, request) => {
		archive.cancelImport(idIn(request.json()));
		return '';
	},
};

/** @param {unknown} body */
const idIn = (body) => String(/** @type {{ importId?: unknown }} */ (body).importId);
