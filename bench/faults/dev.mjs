/** The faults by hand: `holdfast dev faults`, `holdfast dev break <fault>`, `holdfast dev mend`. Loaded by the command line in a checkout. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importBuilt } from '../figures.mjs';
import { catalogue, findFault, nameGroup } from './catalogue.mjs';
import { nameCauses } from './name-causes.mjs';
import { openWorld } from './world/open-world.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const runbook = join(root, 'examples', 'shop', 'RUNBOOK.md');
const socket = join(root, '.holdfast', 'dev.sock');

/**
 * Every fault, with the causes that it stands for in the words of the example's runbook.
 *
 * @throws {Error} When that cannot be read, or does not have one of the causes.
 */
export async function listFaults() {
	const { readRunbook } = await importBuilt('@holdfast/runbook/read');
	const read = readRunbook(readFileSync(runbook, 'utf8'));
	if (!read.ok) throw new Error(`${relative(process.cwd(), runbook)} cannot be read: ${read.problems[0]?.message}`);
	return catalogue.map((fault) => ({
		id: fault.id,
		title: fault.title,
		group: nameGroup(fault),
		causes: nameCauses(read.runbook.issues, fault.causes),
	}));
}

/**
 * Starts a deployment of its own, breaks it, and keeps it until it is mended or `signal` aborts.
 *
 * @param {string} id one of `listFaults`
 * @param {{ say: (line: string) => void, signal: AbortSignal }} options
 * @throws {Error} When there is no such fault, it cannot be made here, or another one is kept already.
 */
export async function breakWith(id, { say, signal }) {
	const fault = findFault(id);
	if (fault === null) throw new Error(`${id}: there is no such fault`);
	if (await isKept()) throw new Error('a broken deployment is running already: holdfast dev mend');
	say('Starting a deployment …');
	const folder = join(root, '.holdfast', 'dev');
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const world = await openWorld({ folder });
	try {
		const hindrance = fault.hindrance?.(world) ?? null;
		if (hindrance !== null) throw new Error(`${id} cannot be made here: ${hindrance}`);
		await world.begin();
		await fault.make(world);
		say(`Broken: ${fault.title}.`);
		say(`The shop      ${world.edgeUrl}`);
		say(`Diagnose it   npx holdfast diagnose --config ${relative(process.cwd(), world.configFile) || world.configFile}`);
		say('Mend it       npx holdfast dev mend (or Ctrl-C here)');
		await waitForEnd(signal);
		say('Mending …');
	} finally {
		await world.close();
	}
}

/**
 * Ends the deployment that `breakWith` keeps, in whichever process that is.
 * @returns {Promise<string>} One sentence.
 */
export async function mend() {
	if (!(await isKept())) return 'Nothing is broken: no deployment of `holdfast dev break` is running.';
	await new Promise((resolve, reject) => {
		const client = connect(socket, () => client.end('mend\n'));
		client.on('error', reject);
		client.on('close', resolve);
	});
	return 'Mended: the broken deployment is being stopped.';
}

/** @returns {Promise<boolean>} */
function isKept() {
	return new Promise((resolve) => {
		const client = connect(socket, () => {
			client.end();
			resolve(true);
		});
		client.on('error', () => resolve(false));
	});
}

/** @param {AbortSignal} signal */
async function waitForEnd(signal) {
	mkdirSync(dirname(socket), { recursive: true, mode: 0o700 });
	if (existsSync(socket)) rmSync(socket);
	const server = createServer();
	try {
		await new Promise((resolve) => {
			server.on('connection', (client) => {
				client.on('error', () => {});
				client.on('data', (data) => (String(data).startsWith('mend') ? resolve(undefined) : undefined));
			});
			signal.addEventListener('abort', resolve, { once: true });
			if (signal.aborted) resolve(undefined);
			server.listen(socket);
		});
	} finally {
		server.close();
		rmSync(socket, { force: true });
	}
}
