import { createExports } from './exports.mjs';
import { createImports } from './imports.mjs';

/** Exports and imports in the layout of a real deployment. @param {import('../deployment.d.ts').Deployment} deployment @returns {import('./archive.d.ts').Archive} */
export const createArchive = (deployment) => ({ ...createExports(deployment), ...createImports(deployment) });
