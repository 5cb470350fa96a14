import type { LintFinding } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';

/** A runbook nobody looked at for so long is taken for stale: twice the quarterly review that runbooks ask for. */
export const staleAfterDays = 180;

const dayMs = 86_400_000;
const reviewed =
	/\b(?:last[ _-]?(?:updated|reviewed|modified|verified|tested|checked)|updated|reviewed on|review[ _-]?date|date)\b["'*_]*\s*[:=]\s*["'*_]*\s*/i;
const due = /\b(?:next[ _-]?review(?:[ _-]?(?:date|due))?|review[ _-]?(?:by|due)|expires?)\b["'*_]*\s*[:=]\s*["'*_]*\s*/i;

/** LN13: a date of review that is long past, in the future, or no date; needs to be told what today is. */
export function findStaleDates(context: LintContext): readonly LintFinding[] {
	const today = context.options.today === undefined ? null : readDate(context.options.today);
	if (today === null) return [];
	return context.lines.flatMap((raw, index): readonly LintFinding[] => {
		if (context.code.has(index + 1)) return [];
		const place = { rule: 'LN13', line: index + 1 } as const;
		const later = due.exec(raw);
		if (later !== null) {
			const at = later.index + later[0].length;
			const day = readDate(raw.slice(at));
			if (day === null || day >= today) return [];
			return [
				{
					...place,
					severity: 'warning',
					column: at + 1,
					message: `this review was due ${count(today - day)} ago`,
					hint: 'Review the document and set the next date.',
				},
			];
		}
		const last = reviewed.exec(raw);
		if (last === null) return [];
		const at = last.index + last[0].length;
		const day = readDate(raw.slice(at));
		if (day === null) return [];
		if (day > today)
			return [
				{
					...place,
					severity: 'warning',
					column: at + 1,
					message: `this date lies ${count(day - today)} in the future`,
					hint: 'Write the day on which somebody last looked at the document.',
				},
			];
		if (today - day <= staleAfterDays) return [];
		return [
			{
				...place,
				severity: 'warning',
				column: at + 1,
				message: `nobody has looked at this for ${count(today - day)}`,
				hint: `Review it; documents are taken for stale after ${staleAfterDays} days.`,
			},
		];
	});
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Days since 1970-01-01 of the date that a text begins with; null where it begins with none. */
export function readDate(text: string): number | null {
	const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b/.exec(text);
	if (iso !== null) return toDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
	const named = /^([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b/.exec(text);
	if (named !== null) return toDay(Number(named[3]), monthOf(named[1]), Number(named[2]));
	const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?\.? ([A-Za-z]{3,9})\.?,? (\d{4})\b/.exec(text);
	return dayFirst === null ? null : toDay(Number(dayFirst[3]), monthOf(dayFirst[2]), Number(dayFirst[1]));
}

function monthOf(name: string | undefined): number {
	return months.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;
}

function toDay(year: number, month: number, day: number): number | null {
	if (month < 1 || month > 12 || day < 1 || day > 31) return null;
	return Math.floor(Date.UTC(year, month - 1, day) / dayMs);
}

function count(days: number): string {
	if (days === 1) return '1 day';
	return days < 730 ? `${days} days` : `${Math.floor(days / 365)} years`;
}
