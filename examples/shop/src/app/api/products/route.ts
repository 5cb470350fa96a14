import { listProducts, parsePage } from '../../../backend/products.ts';
import { answerBackendFailure } from '../../../http/answer-backend-failure.ts';
import { answerJson } from '../../../http/answers.ts';

/** The catalogue as JSON, a page at a time. */
export const GET = answerBackendFailure(
	async (request) => {
		const { products, ...rest } = await listProducts(parsePage(new URL(request.url).searchParams.get('page') ?? undefined));
		return answerJson(200, {
			products: products.map(({ slug, name, kind, summary, description, price, stock }) => ({
				slug,
				name,
				kind,
				summary,
				description,
				price,
				stock,
			})),
			...rest,
		});
	},
	{ message: 'The catalogue cannot be read at the moment.' },
);
