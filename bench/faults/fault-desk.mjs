/** Makes and mends faults on a deployment that runs, one at a time, when asked. */
import { findFault } from './catalogue.mjs';
import { FixedConfigurationError } from './world/open-world.mjs';

/**
 * @typedef {object} FaultDesk
 * @property {(request: import('./control-socket.mjs').Request) => Promise<import('./control-socket.mjs').Answer>} handle
 * @property {() => boolean} isBroken
 */

/**
 * @param {import('./world/world.d.ts').World} world
 * @param {{ onBreak?: () => void, onMended?: () => void }} [listeners]
 * @returns {FaultDesk}
 */
export function createFaultDesk(world, { onBreak = () => {}, onMended = () => {} } = {}) {
	/** Title of the fault that stands. @type {string | null} */
	let broken = null;
	const mend = async () => {
		await world.mend();
		broken = null;
		onMended();
	};
	return {
		isBroken: () => broken !== null,
		handle: async (request) => {
			if (request.ask === 'state') return { kind: 'done', sentence: broken === null ? null : `Broken: ${broken}.` };
			if (request.ask === 'mend') {
				if (broken === null) return { kind: 'done', sentence: null };
				const sentence = `Mended: ${broken}.`;
				await mend();
				return { kind: 'done', sentence };
			}
			const fault = findFault(request.fault);
			if (fault === null) return { kind: 'refused', reason: `${request.fault}: there is no such fault`, needsOwn: false };
			if (broken !== null)
				return { kind: 'refused', reason: `it is broken already (${broken}): holdfast dev mend ends that`, needsOwn: false };
			const hindrance = fault.hindrance?.(world) ?? null;
			if (hindrance !== null) return { kind: 'refused', reason: `${fault.id} cannot be made here: ${hindrance}`, needsOwn: false };
			broken = fault.title;
			onBreak();
			try {
				await fault.make(world);
			} catch (error) {
				await mend();
				return {
					kind: 'refused',
					reason: error instanceof Error ? error.message : String(error),
					needsOwn: error instanceof FixedConfigurationError,
				};
			}
			return { kind: 'done', sentence: `Broken: ${fault.title}.` };
		},
	};
}
