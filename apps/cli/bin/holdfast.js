#!/usr/bin/env node
// Plain JavaScript on purpose: it must be able to say what is missing before anything is built.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
const built = new URL('../dist/main.js', import.meta.url);

if (major < 20 || (major === 20 && minor < 19)) {
	console.error(`holdfast needs Node.js 20.19 or newer, this is ${process.versions.node}. Install a newer one from https://nodejs.org.`);
	process.exitCode = 2;
} else if (!existsSync(built)) {
	const root = fileURLToPath(new URL('../../..', import.meta.url));
	console.error(`holdfast is not built yet. Run this once:  cd ${root} && npm install && npm run build`);
	process.exitCode = 2;
} else {
	const { main } = await import(built.href);
	await main(process);
}
