/** What a heading says once its furniture is off, and the furniture kept as attributes (rule H1). */
export interface HeadingTitle {
	readonly title: string;
	/** `1`, `2.1`, `A`; empty when there is none. */
	readonly ordinal: string;
	/** `step`, `phase`, `stage`, … when the ordinal is spelled so, else empty. */
	readonly counter: string;
	/** Typed prefix: `issue`, `scenario`, `alert name`, `runbook`; empty when there is none. */
	readonly prefix: string;
	readonly severity: string;
	readonly budget: string;
	/** The whole title is in quotes. */
	readonly quoted: boolean;
}

const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}|[\u{2600}-\u{27BF}]|\u{FE0F}|\u{20E3}|\u{200D}/gu;
const headingId = /\s*\{[#:][^}]*\}\s*$/;
const counterWord = /^(step|phase|stage|part|task|option|tier|day|procedure|level)\s+#?(\d+(?:\.\d+)*|[a-z]|[ivx]+)\b\s*[:.)\-–—]*\s*/i;
const plainOrdinal = /^(?:[#§]?(\d+(?:\.\d+)*[a-z]?)\s*[.):\-–—]\s+|(\d+(?:\.\d+)+)\s+|([A-Z])[.)]\s+|\((\d+|[a-z])\)\s+)/;
const typedPrefix =
	/^(issue|problem|scenario|alert(?: name)?|error|symptom|incident|runbook|playbook|procedure|case|group name|reference|referencia|referência|référence|referenz|problema|incidente|alerta|fehler|erro)(?:\s+(?:#?\d+|[A-Z]))?\s*[:：–—-]\s+(?=\S)/i;
const severityMark =
	/[([]\s*((?:P|SEV-?|S)\s?[0-5](?:\s*[-/–]\s*(?:P|SEV-?)?\s?[0-5])?|critical|high|medium|low|major|minor|severity[:\s]+\w+)\s*[)\]]|\b(SEV-?\d|P[0-4])\b\s*[:–—-]?/i;
const budgetMark =
	/[([]\s*((?:first|within|under|in|target|<|≤|~|about|approx\.?|after|next|est\.?)?\s*[<≤~]?\s*\d+\s*(?:[-–]\s*\d+\s*)?\+?\s*(?:s|sec|secs|seconds?|m|min|mins|minutes?|h|hr|hrs|hours?|days?)[^)\]]*)[)\]]/i;

/** Normalises a heading: emoji, ordinals, `Step N`, typed prefixes, severities, time budgets, quotes and colons are taken off and kept. */
export function normaliseHeading(text: string): HeadingTitle {
	let title = text.replace(headingId, '').replace(emoji, ' ').replace(/\s+/g, ' ').trim();
	let ordinal = '';
	let counter = '';
	let prefix = '';
	let severity = '';
	let budget = '';
	const takeSeverity = severityMark.exec(title);
	if (takeSeverity !== null) {
		severity = (takeSeverity[1] ?? takeSeverity[2] ?? '').trim();
		title = title.replace(takeSeverity[0], ' ').replace(/\s+/g, ' ').trim();
	}
	const takeBudget = budgetMark.exec(title);
	if (takeBudget !== null) {
		budget = (takeBudget[1] ?? '').trim();
		title = title.replace(takeBudget[0], ' ').replace(/\s+/g, ' ').trim();
	}
	for (let round = 0; round < 3; round++) {
		const spelled = counterWord.exec(title);
		if (spelled !== null && spelled[0].length < title.length) {
			counter = (spelled[1] ?? '').toLowerCase();
			ordinal = spelled[2] ?? '';
			title = title.slice(spelled[0].length);
			continue;
		}
		const plain = plainOrdinal.exec(title);
		if (plain !== null && plain[0].length < title.length) {
			ordinal = plain[1] ?? plain[2] ?? plain[3] ?? plain[4] ?? '';
			title = title.slice(plain[0].length);
			continue;
		}
		const typed = typedPrefix.exec(title);
		if (typed !== null) {
			prefix = (typed[1] ?? '').toLowerCase();
			title = title.slice(typed[0].length);
			continue;
		}
		break;
	}
	title = title.replace(/^[\s:–—-]+|[\s:：–—-]+$/g, '').trim();
	const quoted = /^["“'`](.+)["”'`]$/.exec(title);
	if (quoted !== null) title = (quoted[1] ?? title).trim();
	return { title: title === '' ? text.trim() : title, ordinal, counter, prefix, severity, budget, quoted: quoted !== null };
}
