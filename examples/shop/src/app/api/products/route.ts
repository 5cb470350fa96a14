import { listProducts, parsePage } from '../../../data/products.ts';
import { answerUnreadableData } from '../../../http/answer-unreadable-data.ts';
import { answerJson } from '../../../http/answers.ts';

/** The catalogue as JSON, a page at a time. */
export const GET = answerUnreadableData(
	async (request) => answerJson(200, await listProducts(parsePage(new URL(request.url).searchParams.get('page') ?? undefined))),
	{ message: 'The catalogue cannot be read at the moment.' },
);
