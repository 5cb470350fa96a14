/** The part of JSON schema that our generated schemas use. */
interface SchemaNode {
	readonly properties?: Readonly<Record<string, SchemaNode>>;
	readonly additionalProperties?: SchemaNode | boolean;
	readonly items?: SchemaNode;
	readonly anyOf?: readonly SchemaNode[];
	readonly oneOf?: readonly SchemaNode[];
}

/** Names that a map at `path` may have, by a JSON schema; of alternatives, the names of all. */
export function listKeysAt(schema: Readonly<Record<string, unknown>>, path: readonly PropertyKey[]): readonly string[] {
	let nodes = expand(schema as SchemaNode);
	for (const part of path) nodes = nodes.flatMap((node) => step(node, part)).flatMap(expand);
	return [...new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})))];
}

function expand(node: SchemaNode): readonly SchemaNode[] {
	const alternatives = [...(node.anyOf ?? []), ...(node.oneOf ?? [])];
	return alternatives.length === 0 ? [node] : alternatives.flatMap(expand);
}

function step(node: SchemaNode, part: PropertyKey): readonly SchemaNode[] {
	if (typeof part === 'number') return node.items === undefined ? [] : [node.items];
	const named = node.properties?.[String(part)];
	if (named !== undefined) return [named];
	return typeof node.additionalProperties === 'object' ? [node.additionalProperties] : [];
}
