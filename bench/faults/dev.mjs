/** The faults by hand: `holdfast dev faults`, `holdfast dev break <fault>`, `holdfast dev mend`. Loaded by the command line in a checkout. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importBuilt } from '../figures.mjs';
import { catalogue, findFault, nameGroup } from './catalogue.mjs';
import { askForFault, listenForFaults } from './control-socket.mjs';
import { nameCauses } from './name-causes.mjs';
import { exampleData, ownData, socketOf } from './places.mjs';
import { openWorld } from './world/open-world.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const runbook = join(root, 'examples', 'shop', 'RUNBOOK.md');
const ownSocket = join(ownData, 'dev.sock');

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
 * Breaks the example that runs (`npm start`, or the one of `config`); where none runs, or this fault moves the shop elsewhere, a deployment of
 * its own, which is kept until it is mended or `signal` aborts.
 *
 * @param {string} id one of `listFaults`
 * @param {{ say: (line: string) => void, signal: AbortSignal, config?: string | undefined }} options `config`: absolute path.
 * @throws {Error} When there is no such fault, it cannot be made here, or another one is kept already.
 */
export async function breakWith(id, { say, signal, config }) {
	const fault = findFault(id);
	if (fault === null) throw new Error(`${id}: there is no such fault`);
	const file = config ?? join(exampleData, 'holdfast.yaml');
	const answer = await askForFault(socketOf(file), { ask: 'break', fault: id });
	if (answer?.kind === 'done') {
		say(answer.sentence ?? '');
		say(`Diagnose it   npx holdfast diagnose --config ${show(file)}`);
		say(`Watched       npx holdfast status --config ${show(file)}`);
		say(`Mend it       npx holdfast dev mend${config === undefined ? '' : ` --config ${show(file)}`}`);
		return;
	}
	if (answer?.kind === 'refused') {
		if (!answer.needsOwn) throw new Error(answer.reason);
		say('This fault moves the shop to another address: it is made on a deployment of its own.');
	} else if (config !== undefined) throw new Error(`no deployment that can be broken runs beside ${show(config)}`);
	await breakOwn(fault, { say, signal });
}

/**
 * @param {import('./fault.mjs').Fault} fault
 * @param {{ say: (line: string) => void, signal: AbortSignal }} options
 */
async function breakOwn(fault, { say, signal }) {
	if ((await askForFault(ownSocket, { ask: 'state' })) !== null)
		throw new Error('a broken deployment is running already: holdfast dev mend');
	say('Starting a deployment …');
	mkdirSync(ownData, { recursive: true, mode: 0o700 });
	const world = await openWorld({ folder: ownData });
	try {
		const hindrance = fault.hindrance?.(world) ?? null;
		if (hindrance !== null) throw new Error(`${fault.id} cannot be made here: ${hindrance}`);
		await world.begin();
		await fault.make(world);
		say(`Broken: ${fault.title}.`);
		say(`The shop      ${world.edgeUrl}`);
		say(`Diagnose it   npx holdfast diagnose --config ${show(world.configFile)}`);
		say('Mend it       npx holdfast dev mend (or Ctrl-C here)');
		await waitForEnd(signal);
		say('Mending …');
	} finally {
		await world.close();
	}
}

/**
 * Mends the example that runs, and ends the deployment that `breakWith` keeps, in whichever process they are.
 * @param {{ config?: string | undefined }} [options] `config`: absolute path.
 * @returns {Promise<string>} One sentence or two.
 * @throws {Error} When it could not be mended.
 */
export async function mend({ config } = {}) {
	const file = config ?? join(exampleData, 'holdfast.yaml');
	const answers = [await askForFault(socketOf(file), { ask: 'mend' }), await askForFault(ownSocket, { ask: 'mend' })];
	const sentences = answers.flatMap((answer) => {
		if (answer?.kind === 'refused') throw new Error(answer.reason);
		return answer === null || answer.sentence === null ? [] : [answer.sentence];
	});
	return sentences.length > 0 ? sentences.join(' ') : 'Nothing is broken.';
}

/** @param {string} file */
function show(file) {
	return relative(process.cwd(), file) || file;
}

/** @param {AbortSignal} signal */
async function waitForEnd(signal) {
	let stopListening = () => {};
	try {
		await new Promise((resolve, reject) => {
			signal.addEventListener('abort', resolve, { once: true });
			if (signal.aborted) resolve(undefined);
			listenForFaults(ownSocket, async (request) => {
				if (request.ask !== 'mend') return { kind: 'refused', reason: 'a broken deployment is running already', needsOwn: false };
				resolve(undefined);
				return { kind: 'done', sentence: 'Mended: the broken deployment is being stopped.' };
			}).then((stop) => {
				stopListening = stop;
			}, reject);
		});
	} finally {
		stopListening();
	}
}
