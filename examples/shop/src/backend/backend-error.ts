/** Convex did not answer what the shop asked: it is not reachable, refuses everything, or the function failed. Not the visitor's doing. */
export class BackendError extends Error {
	override readonly name = 'BackendError';
}

/** A function of the shop refused what was asked, for a reason that the visitor can be told. */
export class RefusedError extends Error {
	override readonly name = 'RefusedError';
	/** For example `quantity` or `signed-out`. */
	readonly code: string;
	constructor(code: string, message: string) {
		super(message);
		this.code = code;
	}
}
