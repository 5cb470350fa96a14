import type { StatusWords } from '../../http/judge-status.ts';
import { parseJson } from '../../http/shown-text.ts';

const renew = 'make a new workflow in Teams and put its URL in place of the old one';

/** Codes of the workflow service (`{"error":{"code":"…"}}`); its sentences hold names and addresses and are not shown. */
const known: Readonly<Record<string, Omit<StatusWords, 'tag'>>> = {
	WorkflowNotFound: { code: 'not-found', what: 'has no such workflow any more', enable: renew },
	WorkflowDisabled: { code: 'forbidden', what: 'has turned off the workflow', enable: 'turn it on in the Workflows app' },
	WorkflowTriggerIsNotEnabled: { code: 'forbidden', what: 'has turned off the workflow', enable: 'turn it on in the Workflows app' },
	TriggerInputSchemaMismatch: {
		code: 'bad-response',
		what: 'wants another form than a card',
		enable: 'use the template that posts a card',
	},
	DirectApiAuthorizationRequired: {
		code: 'unauthorized',
		what: 'does not accept the signature in the URL',
		enable: 'copy the whole URL again, with all that follows the question mark',
	},
	DirectApiRequestHasMoreThanOneAuthorization: { code: 'unauthorized', what: 'does not accept the signature in the URL', enable: renew },
};

export function explainTeams(status: number, body: string): StatusWords | null {
	const said = parseJson(body);
	const error = typeof said === 'object' && said !== null && 'error' in said ? said.error : null;
	const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
	const words = typeof code === 'string' && Object.hasOwn(known, code) ? known[code] : undefined;
	if (words !== undefined) return { ...words, tag: String(code) };
	if (status === 404 || status === 410) return { code: 'not-found', what: 'has no such workflow', enable: renew };
	if (status === 413) return { code: 'bad-response', what: 'finds the message too large' };
	return null;
}
