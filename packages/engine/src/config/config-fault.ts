/** Something wrong at a path of a configuration; `key` points at a key of the map there. */
export interface ConfigFault {
	readonly path: readonly PropertyKey[];
	readonly key?: string;
	readonly message: string;
	readonly hint?: string;
	/** Nothing stands at `path`, where something must. */
	readonly missing?: boolean;
	/** Of an unknown key: the name that was most likely meant. */
	readonly meant?: string;
}
