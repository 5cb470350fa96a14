/** Where something stands, for a table: the file by its last name (the person gave the path, the heading shows it), line, column. */
export function showPlace(path: string, line: number, column?: number | null): string {
	const name = path.split('/').at(-1) ?? path;
	return column === undefined || column === null ? `${name}:${line}` : `${name}:${line}:${column}`;
}
