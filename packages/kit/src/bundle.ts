/** What a browser fetches before a page runs, measured on the files of a build. */
export { type Bundle, type BundleRoute, readBundle } from './bundle/read-bundle.ts';
