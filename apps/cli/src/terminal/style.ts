export type Paint = (text: string) => string;

export interface Style {
	readonly bold: Paint;
	readonly dim: Paint;
	readonly red: Paint;
	readonly green: Paint;
	readonly yellow: Paint;
	readonly cyan: Paint;
}

/** Colours by the terminal's own palette, so that they fit light and dark; without colour the same words stand alone. */
export function createStyle(colour: boolean): Style {
	const paint =
		(open: number, close: number): Paint =>
		(text) =>
			colour && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text;
	return { bold: paint(1, 22), dim: paint(2, 22), red: paint(31, 39), green: paint(32, 39), yellow: paint(33, 39), cyan: paint(36, 39) };
}

/** Only on a terminal, never against NO_COLOR (https://no-color.org: set and not empty) or on a dumb terminal. */
export function wantsColour(isTerminal: boolean, environment: Readonly<Record<string, string | undefined>>, allowed: boolean): boolean {
	return isTerminal && allowed && !environment.NO_COLOR && environment.TERM !== 'dumb';
}
