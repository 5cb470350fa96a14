import type { World as ShopWorld } from '../../../examples/shop/scripts/world/start-world.mjs';
import type { askDiagnosis } from '../ask.mjs';
import type { createOperator } from './operator.mjs';
import type { Relay } from './relay.mjs';
import type { createSaboteur } from './saboteur.mjs';

/** The deployment that faults are made on, without what an operator or a saboteur does to it. */
export interface BaseWorld {
	readonly folder: string;
	/** Folder of the release that the application is served from; `convex/` in it are the functions that the deployment runs. */
	readonly release: string;
	readonly functions: string;
	/** Between visitors and the application. */
	readonly edge: Relay;
	/** Between everybody and the Convex deployment. */
	readonly wire: Relay;
	/** The same for HTTP actions. */
	readonly site: Relay;
	readonly shop: ShopWorld;
	readonly edgeUrl: string;
	readonly wireUrl: string;
	readonly siteUrl: string;
	readonly secrets: Readonly<Record<string, string>>;
	/** Configuration that diagnoses are asked with. */
	readonly configFile: string;
	/** Variables of the deployment. */
	readonly names: { readonly issuer: string; readonly jwks: string };
	readonly hasBrowser: boolean;
	/** Where visitors look for the application now, and the only authority (PEM) that they trust; null: those of the system. */
	readonly visitors: { url: string; ca: string | null };
	/** Done when it is mended, the last first. */
	readonly undo: (step: () => unknown) => void;
	readonly configure: (change: (config: string) => string) => Promise<void>;
	/** Starts the application again with variables changed; null takes one away. */
	readonly restartApp: (changes: Readonly<Record<string, string | null>>) => Promise<void>;
	/** A second instance that every other request goes to; null: none. */
	readonly balance: (port: number | null) => void;
	/** A clean memory and the healthy configuration. */
	readonly begin: () => Promise<void>;
	readonly diagnose: (more?: readonly string[]) => ReturnType<typeof askDiagnosis>;
	readonly mend: () => Promise<void>;
	readonly close: () => Promise<void>;
}

export type World = BaseWorld & ReturnType<typeof createOperator> & ReturnType<typeof createSaboteur>;
