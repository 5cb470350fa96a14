import { readRequest } from '../request.ts';
import { check, nothing, type Rule } from '../rule.ts';
import { isAbout, type Subject, says, saysNear } from '../subject.ts';

/** B17 to B22: signing in, sessions, cookies, tokens. */
export const signInRules: readonly Rule[] = [
	{
		id: 'B17',
		about: 'people cannot sign in',
		on: ['symptom'],
		certainty: 'certain',
		propose: (subject) =>
			says(
				subject,
				/\b(?:can ?not|can['’]t|unable to|not able to|fail(?:s|ing|ed)? to) (?:log|sign)[ -]?in\b|\b(?:log|sign)[ -]?ins? (?:fail|broken|not working|does not work|doesn['’]t work|errors?)/i,
			)
				? [check('auth.login')]
				: nothing,
	},
	{
		id: 'B18',
		about: 'sessions that end too early',
		on: ['symptom'],
		certainty: 'certain',
		propose: (subject) =>
			says(subject, /\bsessions? (?:expires?|expired|ends?|is lost|are lost|lost|drops?|times? out)\b|\b(?:logged|signed) out\b/i)
				? [check('auth.session')]
				: nothing,
	},
	{
		id: 'B19',
		about: 'redirects in circles',
		on: ['symptom', 'cause', 'step'],
		certainty: 'certain',
		propose: (subject) =>
			says(
				subject,
				/\bredirect(?:s|ion)?[ -]loops?\b|\b(?:endless|infinite|too many|looping|circular) redirect(?:s|ion|ions)?\b|\bredirect(?:s|ed)? (?:in circles|endlessly|forever)\b|ERR_TOO_MANY_REDIRECTS/i,
			)
				? [check('http.redirects')]
				: nothing,
	},
	{
		id: 'B20',
		about: 'CSRF tokens and their endpoint',
		on: ['cause', 'symptom', 'step', 'item'],
		certainty: 'certain',
		propose: (subject) => {
			const own = [...subject.paths, ...subject.commands.flatMap((command) => readRequest(command)?.path ?? [])].find((path) =>
				/csrf/i.test(path),
			);
			if (own !== undefined) return [check('http.csrf', { path: own })];
			if (
				!says(
					subject,
					/\b(?:csrf|xsrf)(?: |-)(?:tokens?|validation|endpoint|protection|check|errors?|issues?|problems?|mismatch|failures?)\b|\binvalid csrf\b/i,
				)
			)
				return nothing;
			return [check('http.csrf', { path: subject.nearPaths.find((path) => /csrf/i.test(path)) })];
		},
	},
	{
		id: 'B21',
		about: 'cookies',
		on: ['cause', 'symptom', 'step', 'item'],
		certainty: 'certain',
		propose: (subject) => {
			const speaks = says(
				subject,
				/\b(?:session |auth(?:entication)? )?cookies? (?:issues?|problems?|errors?|settings?|attributes?|flags?|configuration|misconfigur\w+|not (?:set|sent|being set)|blocked|rejected|missing)\b|\b(?:check|verify|inspect) (?:the )?(?:session |auth )?cookies?\b|\b(?:wrong|missing|bad|insecure) (?:session |auth )?cookies?\b/i,
			);
			if (!speaks) return nothing;
			// Where people cannot stay signed in, the cookie in question is that of the session.
			const session = subject.kind === 'cause' && isAbout(subject, /\bauth|\b(?:log|sign)[ -]?in\b|\bsession/i);
			return session ? [check('http.cookies'), check('auth.session')] : [check('http.cookies')];
		},
	},
	{
		id: 'B22',
		about: 'what the browser reports',
		on: ['step', 'item'],
		certainty: 'certain',
		propose: (subject) => (mentionsBrowser(subject) ? [check('browser.console')] : nothing),
	},
];

/** The line names the browser's tools, or stands below a step that does and looks for errors. */
function mentionsBrowser(subject: Subject): boolean {
	if (!subject.leaf) return false;
	if (says(subject, /\bbrowser(?:['’]s)? (?:console|dev ?tools)|\b(?:dev ?tools|console) (?:errors?|tab)\b|\bnetwork tab\b/i)) return true;
	return saysNear(subject, /\bbrowser(?:['’]s)? console\b/i) && says(subject, /\berrors?\b|\bfailed requests?\b|\bwarnings?\b/i);
}
