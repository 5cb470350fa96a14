import { DataError } from '../../../data/json-file.ts';
import { listProducts, parsePage } from '../../../data/products.ts';
import { answerJson } from '../../../http/answers.ts';
import { logEvent } from '../../../log.ts';

/** The catalogue as JSON, a page at a time. */
export async function GET(request: Request): Promise<Response> {
	try {
		return answerJson(200, await listProducts(parsePage(new URL(request.url).searchParams.get('page') ?? undefined)));
	} catch (cause) {
		if (!(cause instanceof DataError)) throw cause;
		logEvent('error', 'data.unreadable', { message: cause.message });
		return answerJson(503, { error: 'data', message: 'The catalogue cannot be read at the moment.' });
	}
}
