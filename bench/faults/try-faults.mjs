/**
 * Makes faults, sees that they show, asks for a diagnosis, mends them and sees that they are gone. What shows is looked for by the faults'
 * own symptoms, never by what is being judged.
 */

/**
 * @typedef {object} Attempt
 * @property {string[]} seen The symptom of each fault.
 * @property {Awaited<ReturnType<import('./world/world.d.ts').World['diagnose']>> | null} diagnosis Null when none was asked for.
 */

/** How long a symptom may take to show, and a healthy deployment to be itself again, in milliseconds. */
const SETTLE_MS = 15_000;

/**
 * @param {import('./world/world.d.ts').World} world
 * @param {readonly import('./fault.mjs').Fault[]} faults made in this order
 * @param {{ diagnoses: boolean }} options
 * @returns {Promise<Attempt>}
 * @throws {Error} When a fault could not be made, no one notices it, or it still shows when it is mended.
 */
export async function tryFaults(world, faults, { diagnoses }) {
	/** @type {unknown[]} */
	const remembered = [];
	/** @type {Attempt | null} */
	let attempt = null;
	try {
		await world.begin();
		for (const { symptom } of faults) remembered.push(await symptom.before?.(world));
		for (const fault of faults) await fault.make(world);
		const seen = [];
		for (const [index, fault] of faults.entries()) {
			const what = await lookUntil(world, fault, remembered[index], (said) => said !== null);
			if (what === null) throw new Error(`${fault.id}: its symptom does not show`);
			seen.push(what);
		}
		const arguments_ = faults.some(({ browser }) => browser === true) ? [] : ['--no-browser'];
		attempt = { seen, diagnosis: diagnoses ? await world.diagnose(arguments_) : null };
	} finally {
		await world.mend();
	}
	for (const [index, fault] of faults.entries()) {
		const what = await lookUntil(world, fault, remembered[index], (said) => said === null);
		if (what !== null) throw new Error(`${fault.id}: still shows when it is mended: ${what}`);
	}
	return attempt;
}

/**
 * @param {import('./world/world.d.ts').World} world
 * @param {import('./fault.mjs').Fault} fault
 * @param {unknown} remembered
 * @param {(said: string | null) => boolean} isAsWanted
 */
async function lookUntil(world, fault, remembered, isAsWanted) {
	const giveUpAt = performance.now() + SETTLE_MS;
	for (;;) {
		const said = await fault.symptom.look(world, remembered);
		if (isAsWanted(said) || performance.now() > giveUpAt) return said;
		await new Promise((resolve) => setTimeout(resolve, 250));
	}
}

/**
 * Why a fault is not made on this machine: it cannot be, or nobody could see it.
 *
 * @param {import('./world/world.d.ts').World} world
 * @param {import('./fault.mjs').Fault} fault
 * @returns {string | null}
 */
export function findHindrance(world, fault) {
	if (fault.symptom.needsBrowser === true && !world.hasBrowser) return 'there is no Chromium to see it with';
	return fault.hindrance?.(world) ?? null;
}
