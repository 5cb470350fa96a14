/**
 * Does a line ask for something to be done? Decided by its first word against the verbs that runbooks use,
 * because grammar alone can't tell "Check logs" from "Check results" (rule M1).
 */

const verbs = new Set(
	'abort accept access acknowledge activate add adjust advise agree alert allow allowlist amend analyse analyze announce answer append apply approve archive ask assemble assess assign attach attempt audit authenticate authorize back backup be begin block blacklist blocklist bounce build bump bring bypass calculate call cancel capture change check choose clean clear click clone close collect commit communicate compare complete compose configure confirm connect consider consult contact contain continue convert coordinate copy correct correlate create cross-check customize cut deactivate debug decide declare decommission decrease define defragment delay delegate delete deploy describe destroy detach detect determine diagnose direct disable discard disconnect discuss dismiss dispatch distribute do document double download draft drain drop dump edit eliminate email enable encrypt end enforce engage ensure enter escalate establish estimate evaluate evacuate evict examine exec execute exit expand export extend extract fail fetch file filter find finish fix flag flush focus follow force forward freeze gather generate get give go grab grant grep group halt handle have hold identify ignore implement import improve include increase inform initialise initialize initiate inspect install instruct interview invalidate inventory investigate invite invoke isolate issue join keep kill label launch leave let limit link liaise list load locate lock log login look lower maintain make manage map mark measure merge message migrate mitigate modify monitor mount move mute navigate note notify observe obtain offer open optimise optimize order overwrite page pass patch pause perform pick pin ping place plan point poll post prepare preserve press prevent prioritise prioritize proceed process promote propose protect provide provision publish pull purge push put quarantine query raise rank re-deploy re-enable re-run reach read reassign rebalance reboot rebuild recall receive reconcile reconfigure reconnect record recover recreate redeploy redirect reduce refer refresh regenerate register reimage reindex reinstate reinstall reject release reload remediate remember remind remove rename renew repair repeat replace replay replicate reply report reproduce request require rerun reschedule reset resize resolve respond restart restore restrict resume retrieve retry return reveal revert review revoke roll rollback rotate route run save scale scan schedule scrub search secure see select send separate set setup share shift ship shut shutdown silence simulate skip sign snapshot solicit sort specify spin split ssh stabilise stabilize stage start stay stop store submit subscribe suspend switch synchronise synchronize sync tag tail take tell temporarily terminate test tail throttle touch trace track transfer transition trigger troubleshoot truncate try tune turn type unblock uncordon understand undo unlock unmount unpause unset update upgrade upload use vacuum validate verify view visit wait walk warm warn watch whitelist wipe work write'.split(
		' ',
	),
);

/** Words that may stand before the verb: "Then check", "In the console, open". */
const openers =
	/^(?:then|next|first|finally|also|now|immediately|manually|please|always|quickly|carefully|optionally|if (?:needed|necessary|required|possible|applicable|so),?|when (?:ready|done|finished),?|once [^,]{3,40},|after [^,]{3,40},|from [^,]{3,60},|in [^,]{3,60},|on [^,]{3,60},|at [^,]{3,80},|using [^,]{3,60},|via [^,]{3,40},|with [^,]{3,60},|to [^,]{3,60},|for [^,]{3,60},|under [^,]{3,60},|before [^,]{3,60},)\s+/i;

/** True when the line opens with an imperative verb, or with a condition and then one. */
export function isImperative(text: string): boolean {
	let rest = text.replace(/^[^\p{L}\p{N}]+/u, '').trim();
	for (let round = 0; round < 3; round++) {
		const condition = /^if\b[^,:→]{2,120}[,:→]\s*(?:then\s+)?/i.exec(rest);
		if (condition !== null) {
			rest = rest.slice(condition[0].length);
			continue;
		}
		const opener = openers.exec(rest);
		if (opener === null) break;
		rest = rest.slice(opener[0].length);
	}
	rest = rest.replace(/^(?:we|you|i)\s+(?:(?:should|must|can|need to|will|then|also|now)\s+)*/i, '');
	const word = /^[\p{L}][\p{L}'-]*/u.exec(rest)?.[0].toLowerCase() ?? '';
	return verbs.has(word) || (word.startsWith('re-') && verbs.has(word.slice(3))) || /^(?:do not|don't|never)\b/i.test(rest);
}

/** A way through menus: "Vercel → Deployments → Promote" asks for it to be walked (rule M3). */
export function isMenuPath(text: string): boolean {
	return /^\p{Lu}[^→]{1,40}→\s*\S/u.test(text);
}

/** True when a title names an action: imperative, gerund, or an action noun. */
export function isActionTitle(title: string): boolean {
	if (isImperative(title) || /^(?:if|how to|before|after|during|when)\b/i.test(title)) return true;
	const word = /^[\p{L}][\p{L}-]*/u.exec(title.trim())?.[0].toLowerCase() ?? '';
	if (
		/^(?:un|re)?[a-z]{3,}ing$/.test(word) &&
		!/^(?:monitoring|logging|pricing|billing|meaning|warning|string|routing|networking|caching|clustering|engineering|naming|hosting)$/.test(
			word,
		)
	)
		return true;
	return /\b(?:checks?|quer(?:y|ies)|steps?|procedures?|process|verification|validation|tests?|rollback|deploy(?:ment|s)?|restore|restoration|backup|backups|recovery|migration|migrations|installation|setup|restart|failover|failback|rotation|renewal|maintenance|upgrade|update|cleanup|assessment|triage|investigation|diagnosis|diagnostics|analysis|mitigation|resolution|remediation|workaround|fix|scaling|provisioning|shutdown|startup|start-up|invalidation|promotion|release|hotfix|bootstrap|purge|reset|defragmentation|defrag|vacuum|reindex|drain|evacuation|response|actions?|solution|option|approach|method|checklist|debug|smoke test|health check|access|login|export|import|sync|reboot|redeploy|snapshot)\b/i.test(
		title,
	);
}

/** Sentences that describe rather than ask: third person, passive, a definition. */
export function isDescriptive(text: string): boolean {
	return (
		!isImperative(text) &&
		/^(?:the|a|an|this|that|these|each|every|it|its|they|we|our|you|there|all|some|most|both|users?|[A-Z][\w-]+)\b[^.:]{0,80}\b(?:is|are|was|were|has|have|had|will|should|must|can|may|might|does|do|requires?|contains?|provides?|attempts?|runs?|uses?|sends?|returns?|happens?|becomes?)\b/.test(
			text,
		)
	);
}
