/** Prints to standard error what a diagnosis said, for whoever wants to know why it was not right. */

/** @param {import('./grade.mjs').Told & { observations: readonly any[] }} told */
export function explain(told) {
	for (const root of told.roots)
		console.error(`    root ${root.code}: ${root.message} → ${root.causes.map(({ text }) => text).join(' | ') || 'no cause'}`);
	for (const issue of told.issues)
		for (const cause of issue.causes)
			if (cause.verdict !== 'ruled-out')
				console.error(`    ${issue.title} / ${cause.text.slice(0, 50)}: ${cause.verdict}: ${cause.reason}`);
	for (const seen of told.observations)
		if (seen.state === 'fail' || seen.state === 'warn' || (seen.state === 'unknown' && seen.applicable !== false))
			console.error(`    ${seen.state} ${seen.key}${seen.echoOf === null ? '' : ' (echo)'}: ${seen.reason}`);
}
