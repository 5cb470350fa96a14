/** Module → modules it loads. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * At least one cycle of every group of modules that load each other, as a path that ends where it began. Linear in the graph.
 *
 * @returns Empty when there is none.
 */
export function findCycles(graph: Graph): readonly (readonly string[])[] {
	const cycles: string[][] = [];
	const done = new Set<string>();
	const path: string[] = [];
	const onPath = new Set<string>();

	const visit = (module: string): void => {
		if (onPath.has(module)) {
			cycles.push([...path.slice(path.indexOf(module)), module]);
			return;
		}
		if (done.has(module)) return;
		done.add(module);
		onPath.add(module);
		path.push(module);
		for (const next of graph.get(module) ?? []) visit(next);
		path.pop();
		onPath.delete(module);
	};

	for (const module of graph.keys()) visit(module);
	return cycles;
}
