import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where the example of a checkout keeps its data, unless it is told otherwise. */
export const exampleData = join(root, 'examples', 'shop', '.data');
/** Of a deployment that `holdfast dev break` starts for itself. */
export const ownData = join(root, '.holdfast', 'dev');

/**
 * @param {string} config Absolute path of the configuration of a deployment.
 * @returns {string} Where whoever runs it is asked for faults.
 */
export function socketOf(config) {
	return join(dirname(config), 'dev.sock');
}
