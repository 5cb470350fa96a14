/** @import { Route } from '../http.d.ts' */

/** What the process says of itself, in every state of the deployment. @type {Readonly<Record<string, Route>>} */
export const process = {
	'/': () => 'This Convex deployment is running.',
	'/version': ({ version }) => version,
	'/instance_version': ({ version }) => version,
	'/instance_name': ({ name }) => name,
	'/echo': (_deployment, { body, response }) => void response.writeHead(200).end(body),
};
