export interface ProseEffect {
	readonly changes: 'none' | 'write' | 'destructive';
	/** Holds a prohibition or a word of caution: shown, never carried out. */
	readonly warns: boolean;
	/** Holds a condition that a person answers first: "only if", "unless", "last resort". */
	readonly guard: boolean;
}

const destroying = 'delete|drop|remove|destroy|terminate|purge|wipe|erase|truncate|flush|decommission|uninstall|overwrite|discard';
const writing =
	'kill|revoke|disable|shut ?down|shutdown|power off|stop|rotate|restore|rename|restart|reboot|re-?deploy|deploy|roll ?back|revert|promote|fail ?over|failover|scale|reset|clear|invalidate|patch|upgrade|downgrade|migrate|isolate|block|unblock|ban|enable|increase|decrease|reduce|resize|add|apply|install|merge|push|release|publish|switch|drain|cordon|re-?create|recreate|rebuild|re-?run|replace|swap|move|turn (?:on|off)|bring (?:up|down|back)|take (?:down|offline)|start|pause|resume|suspend|cancel|unlock|lock|grant|regenerate|reissue|renew|change|modify|edit|update|set|configure|create|optimi[sz]e|implement|activate|deactivate|vacuum|reindex|kick off|trigger|whitelist|allowlist|quarantine|disconnect|detach|attach|import|evict|bump|warm';
const verb = new RegExp(`^(${destroying}|${writing})\\b(?!['’]s\\b)[\\s:]*(.*)$`, 'is');
const destroyingVerb = new RegExp(`^(?:${destroying})$`, 'i');

/** After these, the verb was a noun: "Restart policy", "Drop in traffic", "Rollback procedure". */
const nounAfter =
	/^of\b|^(?:polic(?:y|ies)|counts?|times?|loops?|procedures?|process(?:es)?|plans?|strateg(?:y|ies)|criteria|steps?|history|windows?|points?|rates?|limits?|in (?:traffic|requests|throughput|performance|revenue)|of\b|was|were|is|are|has|had|have|did|drills?|tests?|tested|logs?|metrics?|dashboards?|pages?|status|notes?|requests?|events?|errors?|failures?|failed|success(?:ful)?|switch|management|manager|control|guide|runbook|documentation|docs?|checklists?|instructions?|decisions?|triggers?|candidates?|needed|required|completed?|frequency|pipelines?|key|keys?\b.*\bexpir|date|type|name|id|groups?|size|factor|target|script|scripts|job|jobs|command|commands|tool|tools|options?|when|if|because)\b(?!\s*(?:the|all|any)\b)/i;
/** These words name things that may well be acted on: "Drop logs" is rare, "Clear logs" is not. */
const objectVerbs =
	/^(?:clear|purge|delete|remove|wipe|truncate|kill|flush|rotate|cancel|re-?run|rerun|trigger|create|stop|pause|resume|drain|unlock|revoke|replace|change|set|update|add|apply|erase|regenerate|renew|reset|increase|reduce|decrease|edit|modify|rename)$/i;
/** Objects whose change is a message or a record, not a change of the system. */
const paper =
	/^(?:the |your |our |all |any |an? |team |internal |public |incident |this |relevant )*(?:status ?page|documentation|docs?|document|runbooks?|procedures?|playbooks?|post-?mortem|incident|ticket|issue|channel|timeline|stakeholders?|customers?|users?|team|management|expectations|calendar|checklist|reminder|meeting|report|wiki|notes?|records?|jira|slack|security measures|measures|safeguards|severity|comments?|tasks?|follow-?ups?|action items?|contact)\b/i;
const paperVerbs = /^(?:update|create|change|add|set|edit|modify|publish|implement|start|configure|trigger|apply|move)$/i;

const negation =
	/^(?:please\s+)?(?:do not|don['’]?t|never|avoid|must not|should not|shouldn['’]?t|cannot|can['’]?t|no need to|refrain from)\b/i;
const caution =
	/\b(?:do not|don['’]?t|never|must not|not tested|untested|be careful|careful(?:ly)? with|caution|dangerous|destructive|irreversible|nuclear|data loss (?:may|will|can)|warning|at your own risk)\b/i;
const guarded =
	/\b(?:only if|unless|non-?production|last resort|only (?:when|after|in|on) |only as a|not tested|nuclear|if and only if|after approval|with approval|before (?:you )?(?:do|doing) (?:this|so))\b/i;
const fillers =
	/^(?:(?:please|then|now|first|next|finally|immediately|manually|also|and|or|otherwise|afterwards|optionally|quickly|temporarily|gracefully|try to|try|attempt to|consider|you (?:should|must|can|may|might|need to|have to|will need to)|we (?:should|must|can|need to)|(?:it is )?time to|make sure to|be sure to|remember to|need to|to|step \d+|\d+[.)]|if (?:needed|required|necessary|possible|available|recent deployment))[\s,:]+)+/i;

/**
 * Reads what a sentence for people would change (rules E28 to E30). Verbs count in the imperative at the start of a clause;
 * nouns ("Restart policy") and past tense ("was restarted") do not; "Do NOT delete" is a warning and no change.
 */
export function readProseEffect(text: string): ProseEffect {
	const plain = text
		.replace(/`[^`]*`/g, ' code ')
		.replace(/[*_~#>]+/g, '')
		.replace(/\[([^[\]]{0,300})\]\([^()]{0,500}\)/g, '$1')
		.replace(/\s+/g, ' ')
		.trim();
	let changes: ProseEffect['changes'] = 'none';
	let denied = false;
	for (const sentence of plain.split(/(?<=[.!?;])\s+|\s*(?:→|—|–|->|=>)\s*/)) {
		for (const clause of clausesOf(sentence)) {
			if (negation.test(clause)) {
				denied = true;
				// A prohibition covers what it lists: "do not delete or rename" forbids both.
				break;
			}
			const found = readClause(clause);
			if (found === 'destructive' || (found === 'write' && changes === 'none')) changes = found;
		}
	}
	const guard = guarded.test(plain);
	return { changes, warns: denied || guard || caution.test(plain), guard };
}

function clausesOf(sentence: string): readonly string[] {
	return sentence
		.split(/[,:()]\s*|\s+(?:and(?: then)?|or|then|by|to|but)\s+(?=\w)/i)
		.map((clause) =>
			clause
				.replace(/^[^\p{L}\d]+/u, '')
				.replace(fillers, '')
				.trim(),
		)
		.filter((clause) => clause !== '');
}

function readClause(clause: string): ProseEffect['changes'] {
	const match = verb.exec(clause);
	if (match === null) return 'none';
	const [, word = '', rest = ''] = match;
	if (
		nounAfter.test(rest) &&
		!(
			objectVerbs.test(word) &&
			!/^(?:polic|of\b|was|were|is|are|has|had|in |switch|procedure|plan|strateg|history|criteria|window|drill|rate|management|documentation|steps?|script)/i.test(
				rest,
			)
		)
	)
		return 'none';
	if (paperVerbs.test(word) && paper.test(rest)) return 'none';
	// A bare verb as a title ("Restart") is an order; a bare noun-like one ("Update", "Release", "Format") is not.
	if (
		rest === '' &&
		/^(?:update|release|change|set|start|add|lock|block|patch|move|push|switch|import|configure|implement|create|edit|modify|apply|increase)$/i.test(
			word,
		)
	)
		return 'none';
	return destroyingVerb.test(word) ? 'destructive' : 'write';
}
