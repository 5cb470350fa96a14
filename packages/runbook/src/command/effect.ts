import type { Effect } from '../model.ts';

/**
 * From nothing to never. `unknown` outranks a known write, because it may hide any change; only a known destruction says more.
 * So a chain that holds anything unknown is never taken for a read, a local write or a plain write (rule E1).
 */
const order: readonly Effect[] = ['output', 'template', 'read', 'local-write', 'write', 'unknown', 'destructive', 'block'];

const rank: ReadonlyMap<Effect, number> = new Map(order.map((effect, index) => [effect, index]));

/** How far up the lattice an effect stands: 0 (`output`) to 7 (`block`). */
export function effectRank(effect: Effect): number {
	return rank.get(effect) ?? order.length;
}

/** The worst of several effects; `output` when there are none (rule E1). */
export function worstEffect(effects: readonly Effect[]): Effect {
	let worst: Effect = 'output';
	for (const effect of effects) if (effectRank(effect) > effectRank(worst)) worst = effect;
	return worst;
}

const raised: Readonly<Record<Effect, Effect>> = {
	output: 'output',
	template: 'template',
	read: 'read',
	'local-write': 'write',
	write: 'destructive',
	unknown: 'unknown',
	destructive: 'block',
	block: 'block',
};

/** One level up, for a command whose confirmation is switched off (rule E24). What reads stays a read; unknown stays unknown. */
export function raiseEffect(effect: Effect): Effect {
	return raised[effect];
}

/** True for every effect that changes something, or may. */
export function changesSomething(effect: Effect): boolean {
	return effectRank(effect) > effectRank('read');
}
