/** One claim about how web applications fail: what the failure of one check means for another. */
export interface Explanation {
	readonly id: string;
	/** One check, or several of which any explains. */
	readonly by: string | readonly string[];
	/** Codes that the explaining check must fail with; absent: any. */
	readonly byCodes?: RegExp;
	/** The explaining check must fail in a way that ends requests: a certificate that merely ends soon does not. */
	readonly byRefusal?: true;
	/** The explaining check must be about such a variable. */
	readonly byVariable?: RegExp;
	/** Parameters that the explaining check must have been asked with. */
	readonly byParams?: Readonly<Record<string, string>>;
	readonly of: readonly string[];
	/** Codes that the explained check must fail with; absent: any. */
	readonly ofCodes?: RegExp;
	/** Parameters that the explained check must have been asked with. */
	readonly ofParams?: Readonly<Record<string, string>>;
	/**
	 * `host`: both looked at the same host and port; `path`: at the same path of it; `variable`: at the same environment
	 * variable; `any`: the place does not matter.
	 */
	readonly place: 'host' | 'path' | 'variable' | 'any';
	/** Both saw the same fault, each in its own way: the explained check still speaks for the causes it is bound to. */
	readonly agrees?: true;
	readonly why: string;
}
