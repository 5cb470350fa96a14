import { recogniseOtherLanguages } from './words-other-languages.ts';

/**
 * The vocabulary that runbooks use for their parts, by group rather than by word: no single word is used by half of them.
 * First match wins, in the order of `roles` (rules R1 to R24 of SPEC.md). Matched on normalised titles, case-insensitive.
 */

export type Role =
	| 'template'
	| 'toc'
	| 'references'
	| 'meta'
	| 'contacts'
	| 'escalation'
	| 'severity'
	| 'commands'
	| 'urls'
	| 'rollback-when'
	| 'rollback'
	| 'recurring'
	| 'symptom'
	| 'cause'
	| 'meaning'
	| 'impact'
	| 'prerequisites'
	| 'when'
	| 'verify'
	| 'prevention'
	| 'post-incident'
	| 'communication'
	| 'immediate'
	| 'issue-container'
	| 'diagnosis'
	| 'resolution'
	| 'monitoring'
	| 'emergency'
	| 'deploy'
	| 'restore'
	| 'maintenance'
	| 'architecture'
	| 'group'
	| 'none';

const roles: readonly (readonly [Role, RegExp])[] = [
	['template', /\btemplates?\b|\bexample (?:message|e-?mail|post|report|announcement)s?\b/],
	['toc', /^(?:table of )?contents$|^toc$|^(?:in this|on this) (?:page|document|runbook|guide)$|^index$/],
	[
		'references',
		/^(?:references?|related(?: docs?| documentation| documents?| links| runbooks?| resources| reading| pages| alerts)?|(?:additional|further) (?:reading|resources|information|documentation|references)|see also|change ?log|(?:version|revision|document|change) history|recent changes|glossary|appendix|resources|more information|page information|external (?:links|resources|references)|notes?|definitions|acronyms|documentation(?: links)?)$/,
	],
	[
		'meta',
		/^(?:owners?|author|authors|team|maintainers?|last (?:updated|reviewed|modified|tested|verified)|updated|version|document version|status|next review(?: date)?|review(?:ed)?(?: date| cycle| frequency| schedule)?|service tier|lifecycle stage|primary url|host platform|effective(?: date)?|created|date|classification|audience|document owner|approved by|service(?: name| owner)?|environments?|runbook id|id|tags|labels?|code|delivered by|supported by|known about by|contains (?:personal|sensitive) data|can (?:download|contact).*|.* process type|failover (?:architecture|process) type)$/,
	],
	[
		'contacts',
		/\bcontacts?(?: info(?:rmation)?| list| details| numbers| matrix)?$|^contact(?:s|ing)?\b|points? of contact|(?:emergency|vendor|support|on-?call|escalation|key|team) contacts?|communication channels|\bon-?call (?:rotations?|schedule|roster|owners?|coverage)\b|on-?call (?:engineers?|team)$|^on-?call$|^(?:internal|external) (?:team|teams|services|support|stakeholders|vendors)$|^vendors?(?: support| contacts)?$|^support channels?$|^who to contact$/,
	],
	['escalation', /escalat(?:e|ion|ing)|who to (?:call|page)|when to page/],
	[
		'severity',
		/^(?:incident )?(?:severity|severities|priority|priorities)(?: levels?| matrix| classification| definitions?| guide| table)?$|(?:severity|priority) (?:levels?|matrix|classification|definitions?)|^(?:incident |alert )?(?:classification|severity)s?\b/,
	],
	[
		'commands',
		/(?:useful|quick|common|essential|helpful|diagnostic|monitoring|key|reference|handy|debug(?:ging)?|frequently used).*\bcommands?\b|^commands?(?: reference| cheat ?sheet)?$|cheat ?sheet|^quick reference(?: commands| guide)?$|^useful (?:queries|scripts|one-?liners)$/,
	],
	[
		'urls',
		/^(?:(?:useful|important|quick|key|helpful|relevant|production|service|access|application|monitoring) )?(?:urls?|links?|locations|endpoints|dashboards?|urls? (?:and|&) (?:links|endpoints|dashboards))$|access (?:&|and) logins|^dashboards?(?: (?:and|&) (?:links|tools|monitoring|logs))?$|^(?:key )?(?:links|urls) (?:&|and) .*$/,
	],
	[
		'rollback-when',
		/^(?:when to|criteria (?:for|to)|triggers? (?:for|to)|reasons? (?:for|to)|deciding (?:to|whether to)) (?:a |the )?(?:roll ?back|roll(?:ing)?[ -]back|revert)|roll(?:ing)?[ -]?back (?:triggers?|criteria|conditions|decision criteria)$/,
	],
	[
		'recurring',
		/\b(?:hourly|daily|weekly|bi-?weekly|fortnightly|monthly|quarterly|annual(?:ly)?|yearly|every (?:day|week|month|quarter|year|morning))\b/,
	],
	['rollback', /roll(?:ing)?[ -]?backs?|\brevert(?:ing)?\b|restore (?:the )?previous|\bundo(?:ing)?\b/],
	[
		'symptom',
		/^(?:symptoms?|detect(?:ion|ed)?|how detected|indicators?(?: of .*)?|triggers?|conditions?|signs(?: of .*)?|failure indicators|errors?|error messages?|evidence|problem|how to detect(?: it)?|what you(?:'ll| will)? see|observed behaviou?r|user reports?|alert|alert condition|firing condition|you (?:see|notice)|how (?:do )?(?:i|we|you) know|identification|recognition)$|^symptoms?\b|^signs of\b/,
	],
	[
		'cause',
		/^(?:(?:common|possible|potential|likely|probable|typical|known|main|root|usual|underlying)(?: root)? causes?(?: analysis)?|causes?|root cause analysis|reasons?|contributing factors?|why (?:this|it) happens?|possible reasons?|common reasons?|what causes (?:it|this))\b/,
	],
	[
		'meaning',
		/^(?:meaning|overview|background|summary|description|what (?:it|this)(?: alert)? means|context|introduction|about(?: this .*)?|explanation|message|details?)$/,
	],
	[
		'impact',
		/^(?:impact(?: assessment| analysis)?|severity|priority|(?:business|user|customer|service|system) impact|effects?|consequences?|affected (?:users|services|systems)|blast radius|scope of impact)$/,
	],
	[
		'prerequisites',
		/^(?:pre-?requisites?|preparations?|pre-?conditions?|required (?:access|tools|permissions)|requirements|pre-?(?:deploy(?:ment)?|release|rollback|migration|maintenance|flight)(?: checks?| checklist| steps| tasks| verification| preparation)?|before you (?:start|begin)|before (?:starting|beginning)|access required|required access (?:and|&) tools|tools required|what you need)$|^prerequisites?\b/,
	],
	[
		'when',
		/^(?:purpose|scope|when to (?:use|run|execute|perform|trigger|do).*|decision criteria|use (?:case|when)s?|applicability|when|goals?|objectives?|use this (?:runbook|procedure|when).*|triggers? for .*|thresholds?|threshold for .*)$/,
	],
	[
		'verify',
		/^(?:verif(?:y|ication|ying)(?: .*)?|validat(?:e|ion|ing)(?: .*)?|smoke tests?(?: .*)?|success criteria|(?:post|after)[ -](?:deploy(?:ment)?|roll-?back|recovery|restore|restoration|incident|fix|release|maintenance|migration|upgrade|rotation|failover)[ -]?(?:validation|verification|checks?|checklist|testing|tests)|expected (?:output|outcome|result|results|behaviou?r)|confirm(?:ation)?(?: .*)?|acceptance(?: criteria)?|sanity checks?|(?:recovery|resolution) (?:verification|confirmation))$/,
	],
	[
		'prevention',
		/^(?:prevent(?:ion|ing|ive|ative)?(?: .*)?|long[ -]term(?: .*)?|lessons learned|permanent (?:fix|solution)|hardening|improvements?|future (?:prevention|improvements)|avoid(?:ing)? .*)$/,
	],
	[
		'post-incident',
		/post[ -]?(?:incident|mortem)|^follow[ -]?ups?(?: .*)?$|retrospectives?|after[ -]action|incident (?:review|report|closure)|^root cause review$/,
	],
	[
		'communication',
		/^(?:(?:internal|external|incident|customer|user|stakeholder|team|crisis)? ?communications?(?: (?:plan|protocol|procedures?|guidelines|steps|strategy))?|communicate|status (?:page )?updates?|notify(?: .*)?|notifications?(?: procedures?)?|stakeholder notification|announce(?:ment)?s?(?: .*)?)$/,
	],
	[
		'immediate',
		/^(?:immediate(?:ly)?(?: (?:actions?|steps|response|mitigation|triage|checks?))?|first (?:response|responder actions|actions?|steps|aid)|initial (?:response|actions?|steps|triage|assessment)|response(?: steps| actions?| procedures?)?|actions?(?: to take| required| items)?|containment(?: .*)?|contain|what to do(?: first)?|quick (?:actions?|response|assessment|check|checks|triage|diagnosis)(?: checklist)?)$|^immediate\b/,
	],
	[
		'issue-container',
		/^(?:(?:most )?(?:common|known|frequent|frequently seen|typical|specific|potential|possible|operational|recurring|production|runtime|deployment|current)(?:ly seen)? (?:\w+ )?(?:issues?|problems?|incidents?|errors?|alerts?|failures?|failure (?:modes|scenarios)|scenarios?|questions|pitfalls|incident types|symptoms)(?: ?(?:&|and|\/) ?(?:\w+ )?(?:solutions?|fixes|resolutions?|issues|problems|responses?|remedies|troubleshooting|runbooks|procedures|playbooks))?(?: .*)?|trouble ?shooting(?: guide| common .*| tips| scenarios| reference| issues| section)?|alert (?:types|reference|runbooks?|catalog(?:ue)?|playbooks?|responses?|handling)|alerts(?: and (?:responses|runbooks|actions))?|faqs?|frequently asked questions|issues|problems|incidents|(?:incident|failure|error) (?:scenarios?|types|playbooks|runbooks|catalog(?:ue)?|modes|response playbooks?)|scenarios|failure scenarios|error (?:reference|messages?|codes|patterns?|handling)|(?:specific )?(?:incident|issue) (?:procedures|responses|runbooks)|specific incident response|known bugs|runbooks|playbooks|if something goes wrong|what can go wrong|what could go wrong|gotchas)$/,
	],
	[
		'diagnosis',
		/^(?:(?:trouble ?shooting|diagnos(?:is|tics?|e|ing)|investigat(?:ion|e|ing|ive)|triage|debug(?:ging)?|check(?:s|ing|list)?|gather(?:ing)?|data gathering|assess(?:ment)?|analy(?:sis|ze|se)|diagnostic|identify|determine)(?: (?:steps?|procedures?|commands?|checks?|queries|information|guide|process|actions?|checklist|the .*|root .*|and .*|your .*))?|how to (?:diagnose|investigate|check|debug|troubleshoot)(?: .*)?|things to check|what to check|where to look|(?:first|second|third)[ -]line troubleshooting)$/,
	],
	[
		'resolution',
		/^(?:(?:resolution|resolve|resolving|mitigat(?:ion|e|ing|ions)|solutions?|fix(?:es|ing)?|recover(?:y|ing)?|remediat(?:ion|e|ing)|workarounds?|repair(?:s|ing)?|eradicat(?:e|ion)|corrective|remed(?:y|ies))(?: (?:steps?|procedures?|actions?|options?|process|it|the .*|guide|plan|and .*|strategies|checklist|for .*))?|how to (?:\w+ )?(?:fix|resolve|mitigate|recover|solve)(?: .*)?|(?:quick|permanent|temporary|short[ -]term) (?:fix|fixes|solution|workaround)(?: .*)?|steps to (?:resolve|fix|mitigate|recover)(?: .*)?|(?:to )?fix (?:it|this)|corrective actions?|what to do|response actions?)$/,
	],
	[
		'monitoring',
		/^monitoring(?: (?:checklist|checks|and .*|& .*|dashboards?|metrics|points|strategy))?$|health (?:checks?(?!.*(?:fail|down))|indicators|monitoring)$|^key metrics|success signals|\bslos?\b|service level|alert(?:ing)? (?:thresholds?|rules|channels|configuration)|^alerts$|^metrics(?: to (?:watch|monitor))?$|^observability$|^what to monitor$|^(?:application|system|service|site) health$/,
	],
	[
		'emergency',
		/emergenc|\b(?:complete|total|full|major)\b.*\b(?:outage|down)\b|^(?:service|site|system|production|platform|full|partial)? ?outages?$|data (?:loss|breach|corruption|leak)|security (?:incident|breach|event)|disaster|break.?glass|\bcompromised?\b/,
	],
	['deploy', /\bdeploy(?:ment|ing|s)?\b|\breleas(?:e|es|ing)\b|\bpromot(?:e|ion|ing)\b|\bgo[ -]?live\b|\bcut ?over\b|\bhotfix(?:es)?\b/],
	[
		'restore',
		/\brestor(?:e|ation|ing)\b|\bback(?:ing)?[ -]?ups?\b|\brecover(?:y|ing)?\b|\bsnapshots?\b|\bfail[ -]?overs?\b|\bfail[ -]?back\b/,
	],
	[
		'maintenance',
		/\bmaintenance\b|\brotat(?:e|ion|ing)\b|\brenew(?:al|ing)?\b|\bupgrad(?:e|es|ing)\b|\bmigrat(?:e|ion|ions|ing)\b|\bscal(?:e|ing)\b|\bdrain(?:ing)?\b|\brestart(?:ing|s)?\b|\bclean[ -]?up\b|\bpatch(?:es|ing)?\b/,
	],
	[
		'architecture',
		/^(?:(?:system |service |application |technical |high[ -]level |infrastructure )?(?:architecture|components?|topology|design|stack|infrastructure|dependencies|data flow|tech(?:nology)? stack|diagram)(?: (?:overview|diagram|summary))?|environment variables?|configuration(?: reference)?|services?|key (?:components|services|files|concepts)|file (?:locations|structure)|directory structure|ports|roles(?: (?:and|&) responsibilities)?|responsibilities|limitations|assumptions|security considerations|best practices|logs|logging|log locations)$/,
	],
	[
		'group',
		/^(?:(?:standard |operational |operating |operations? |common |general |basic |main |key )?(?:procedures|operations|runbooks|tasks|processes|playbooks|how[ -]?tos?|guides?|workflows?))$/,
	],
];

/** The role that a normalised title plays, or `none`. */
export function recogniseRole(title: string): Role {
	const words = title
		.toLowerCase()
		.replace(/[’‘]/g, "'")
		.replace(/\s*\([^)]*\)\s*$/, '')
		.replace(/[?!.]+$/, '')
		.trim();
	for (const [role, pattern] of roles) if (pattern.test(words)) return role;
	return recogniseOtherLanguages(words);
}

/** Fields of an issue; the first two alone make one, the others count in pairs. */
export const strongFields: ReadonlySet<Role> = new Set<Role>(['symptom', 'cause']);
export const weakFields: ReadonlySet<Role> = new Set<Role>([
	'impact',
	'meaning',
	'diagnosis',
	'resolution',
	'immediate',
	'prevention',
	'verify',
]);
/** Roles whose lists are descriptions, never steps. */
export const descriptiveRoles: ReadonlySet<Role> = new Set<Role>([
	'template',
	'toc',
	'references',
	'meta',
	'contacts',
	'severity',
	'commands',
	'urls',
	'rollback-when',
	'symptom',
	'cause',
	'meaning',
	'impact',
	'prerequisites',
	'when',
	'prevention',
	'architecture',
]);
/** Roles whose bullets are actions. */
export const actionRoles: ReadonlySet<Role> = new Set<Role>([
	'diagnosis',
	'resolution',
	'immediate',
	'emergency',
	'rollback',
	'deploy',
	'restore',
	'maintenance',
	'escalation',
	'communication',
	'verify',
]);

const periods: readonly (readonly [RegExp, 'hourly' | 'daily' | 'weekly' | 'biweekly' | 'monthly' | 'quarterly' | 'yearly'])[] = [
	[/\bhourly\b/i, 'hourly'],
	[/\b(?:daily|every (?:day|morning))\b/i, 'daily'],
	[/\b(?:bi-?weekly|fortnightly)\b/i, 'biweekly'],
	[/\b(?:weekly|every week)\b/i, 'weekly'],
	[/\b(?:monthly|every month)\b/i, 'monthly'],
	[/\b(?:quarterly|every quarter)\b/i, 'quarterly'],
	[/\b(?:annual(?:ly)?|yearly|every year)\b/i, 'yearly'],
];

/** The period a title names, or null. */
export function readPeriod(title: string): (typeof periods)[number][1] | null {
	for (const [pattern, period] of periods) if (pattern.test(title)) return period;
	return null;
}
