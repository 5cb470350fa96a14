import { defineFaults } from '../fault.mjs';
import { assetsBroken, homeGone } from '../symptoms/symptoms.mjs';

/** The release is not whole, or was built from broken code. */
export const build = defineFaults([
	{
		id: 'chunk-missing',
		title: 'a script that every page asks for is not on the server',
		symptom: assetsBroken,
		causes: ['load/3'],
		root: /^build\.missing-files$|^assets?\./,
		make: async (world) => world.editRelease(await world.findStaticFile(/\.js$/), () => null),
	},
	{
		id: 'chunk-empty',
		title: 'a script came empty out of a full disk',
		symptom: assetsBroken,
		causes: ['load/3'],
		root: /^build\.empty-files$|^assets?\./,
		make: async (world) => world.editRelease(await world.findStaticFile(/\.js$/), () => Buffer.alloc(0)),
	},
	{
		id: 'style-missing',
		title: 'the style sheet is not on the server',
		symptom: assetsBroken,
		causes: ['load/3'],
		root: /^build\.missing-files$|^assets?\./,
		make: async (world) => world.editRelease(await world.findStaticFile(/\.css$/), () => null),
	},
	{
		id: 'static-folder-not-copied',
		title: 'the release was copied without its static folder',
		symptom: assetsBroken,
		causes: ['load/3'],
		root: /^build\.missing-files$|^assets?\./,
		make: (world) => world.emptyFolder('.next/static'),
	},
	{
		id: 'proxy-loses-scripts',
		title: 'the proxy answers 404 to the scripts of the new build',
		symptom: assetsBroken,
		causes: ['load/3'],
		root: /^build\.|^assets?\./,
		make: (world) =>
			world.edge.use({
				answer: (incoming, outgoing) => {
					if (!/^\/_next\/static\/.*\.js/.test(incoming.url ?? '')) return false;
					outgoing.writeHead(404, { 'content-type': 'text/html' });
					outgoing.end('<h1>Not found</h1>');
					return true;
				},
			}),
	},
	{
		id: 'layout-throws',
		title: 'the layout throws while it is rendered',
		symptom: homeGone,
		causes: ['load/3'],
		root: /^(status|page|build|http)\.|^logs\./,
		make: (world) => world.breakServerCode("throw new Error('theme is not defined');"),
	},
	{
		id: 'other-build-runs',
		title: 'a new build was copied over a running process',
		symptom: assetsBroken,
		causes: ['load/3'],
		root: /^build\.mismatch$/,
		alsoRoots: /^build\./,
		make: (world) => world.replaceBuildUnderneath(),
	},
]);
