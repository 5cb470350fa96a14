/**
 * The parsed runbook: plain values, no behaviour. Its JSON form is what `holdfast runbook show --json` prints,
 * a published contract (docs/schema): fields are only ever added.
 *
 * Every node has an `address` (its heading path and its own words as slugs, `~2` for the second of the same name),
 * which stays the same while other places of the document change, and `line`, 1-based in the raw file
 * (of a fence: its opening line).
 */

export interface Located {
	readonly address: string;
	readonly line: number;
	/** Last line that belongs to the node, its children included. */
	readonly endLine: number;
}

/** How much a command or a step changes, from nothing to never (rules: SPEC.md, E-rules). */
export type Effect = 'output' | 'template' | 'read' | 'local-write' | 'write' | 'destructive' | 'block' | 'unknown';

export type BindingKind = 'check' | 'action' | 'task' | 'person' | 'cause' | 'ignore';

/** `declared` stands in the document or its sidecar; the others are proposals. */
export type Certainty = 'declared' | 'certain' | 'likely' | 'guess';

export interface Binding {
	readonly kind: BindingKind;
	/** Name in the catalogue (`http.health`); of `cause`: the number; of `ignore`: empty or a reason word. */
	readonly id: string;
	readonly params: Readonly<Record<string, string>>;
	/** Rule id of a proposal (`B12`), `directive` or `sidecar` where declared. */
	readonly rule: string;
	readonly certainty: Certainty;
}

/** A line of text that can carry bindings: a symptom, a cause, a criterion, a verification. */
export interface Line extends Located {
	readonly text: string;
	readonly bindings: readonly Binding[];
}

export type CommandKind = 'shell' | 'sql' | 'promql' | 'console' | 'http' | 'template' | 'output' | 'config' | 'other';

export interface Placeholder {
	/** As it stands: `[Contact Info]`, `<pod>`, `your-domain.com`, `2025-01-XX`. */
	readonly text: string;
	readonly form: 'bracket' | 'angle' | 'brace' | 'mustache' | 'your' | 'example-host' | 'todo' | 'date' | 'phone' | 'ellipsis';
}

export interface Hazard {
	/** Class of the hazard table (`file-destroy`, `sql-write`, `pipe-to-shell`, …). */
	readonly class: string;
	readonly why: string;
}

/** One simple command of a line: `a | b && c` has three. */
export interface CommandPart {
	readonly argv: readonly string[];
	/** Assignments that stand before it: `ANALYZE=true npm run build`. */
	readonly env: Readonly<Record<string, string>>;
	/** What joins it to the part before; null for the first. */
	readonly operator: '|' | '&&' | '||' | ';' | '&' | null;
	readonly effect: Effect;
}

/** One logical command line, joined over `\`, open quotes and heredocs. */
export interface Command {
	readonly kind: CommandKind;
	/** As written, prompt and trailing comment removed. */
	readonly source: string;
	readonly line: number;
	readonly argv: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	/** Names of shell variables used and not set in the command itself. */
	readonly variables: readonly string[];
	readonly placeholders: readonly Placeholder[];
	readonly parts: readonly CommandPart[];
	readonly effect: Effect;
	readonly hazards: readonly Hazard[];
	/** Why it will not be run as it stands (placeholder, unknown tool, shell feature); null when it can be asked for. */
	readonly refused: string | null;
	readonly interactive: boolean;
	/** Does not end by itself (`tail -f`, `watch`). */
	readonly unbounded: boolean;
	/** Comment that stands above it in its fence, or before it in its list item. */
	readonly label: string | null;
}

export type Expect =
	| { readonly kind: 'status'; readonly status: number; readonly text: string }
	| { readonly kind: 'exit'; readonly code: number; readonly text: string }
	| { readonly kind: 'json'; readonly value: unknown; readonly text: string }
	| { readonly kind: 'contains'; readonly value: string; readonly text: string }
	| {
			readonly kind: 'compare';
			readonly metric: string;
			readonly operator: '<' | '<=' | '>' | '>=' | '=';
			readonly value: number;
			readonly unit: string;
			readonly text: string;
	  }
	| { readonly kind: 'text'; readonly text: string };

export interface Link {
	readonly label: string;
	readonly url: string;
}

export interface Step extends Located {
	readonly text: string;
	/** The bold words it opens with, without colon: `Check Health Endpoint`. */
	readonly lead: string | null;
	/** "If the database is down": what must hold for the step to apply. */
	readonly condition: string | null;
	readonly form: 'item' | 'heading' | 'code' | 'comment' | 'prose';
	/** Of an item: numbered or bulleted in the document. */
	readonly marker: 'number' | 'bullet' | null;
	readonly substeps: readonly Step[];
	readonly commands: readonly Command[];
	readonly expects: readonly Expect[];
	readonly links: readonly Link[];
	/** Environment variable names spoken of. */
	readonly envs: readonly string[];
	/** URL paths spoken of: `/api/csrf`. */
	readonly paths: readonly string[];
	/** "Do not …": warnings, never actions. */
	readonly warns: readonly string[];
	readonly changes: 'none' | 'write' | 'destructive';
	readonly bindings: readonly Binding[];
}

export interface Issue extends Located {
	readonly title: string;
	readonly severity: string | null;
	readonly alert: Readonly<Record<string, string>> | null;
	readonly meaning: readonly Line[];
	readonly impact: readonly Line[];
	readonly symptoms: readonly Line[];
	readonly causes: readonly Line[];
	/** All steps of its procedures, in document order. */
	readonly steps: readonly Step[];
	/** Addresses of the procedures that belong to it. */
	readonly procedures: readonly string[];
	readonly verify: readonly Line[];
	readonly prevention: readonly Line[];
	readonly source: 'heading' | 'document' | 'table_row';
}

export type ProcedureRole =
	| 'diagnose'
	| 'resolve'
	| 'immediate'
	| 'emergency'
	| 'rollback'
	| 'deploy'
	| 'restore'
	| 'maintenance'
	| 'verify'
	| 'escalate'
	| 'communicate'
	| 'other';

export type ProcedureForm = 'ol' | 'ul' | 'step-headings' | 'code' | 'mixed' | 'prose';

export interface Procedure extends Located {
	readonly title: string;
	readonly role: ProcedureRole;
	readonly form: ProcedureForm;
	/** Address of the issue that owns it, or null. */
	readonly issue: string | null;
	readonly when: readonly Line[];
	readonly prerequisites: readonly Line[];
	readonly steps: readonly Step[];
	/** True when the steps are alternatives ("Option 1", "If X"), not a sequence. */
	readonly branches: boolean;
}

export interface Threshold {
	/** What is compared, in the document's words: `Uptime`. */
	readonly metric: string;
	readonly operator: '<' | '<=' | '>' | '>=' | '=';
	readonly value: number;
	/** `%`, `ms`, `s`, … or empty. */
	readonly unit: string;
}

export interface ChecklistItem extends Line {
	/** Null for a plain bullet. */
	readonly done: boolean | null;
	readonly threshold?: Threshold;
}

export type Period = 'hourly' | 'daily' | 'weekly' | 'biweekly' | 'monthly' | 'quarterly' | 'yearly';

export interface Checklist extends Located {
	readonly title: string;
	readonly kind: 'recurring' | 'monitoring' | 'other';
	/** Null for monitoring and other lists. */
	readonly period: Period | null;
	readonly items: readonly ChecklistItem[];
}

export type ChannelKind = 'email' | 'phone' | 'slack' | 'url' | 'handle' | 'pager' | 'placeholder' | 'text';

export interface Channel {
	readonly kind: ChannelKind;
	readonly value: string;
	readonly placeholder: boolean;
}

export interface Contact extends Located {
	readonly name: string;
	readonly scope: 'internal' | 'external' | 'emergency' | 'vendor';
	readonly channels: readonly Channel[];
	readonly bindings: readonly Binding[];
}

export interface Fence extends Located {
	readonly lang: string;
	readonly kind: CommandKind;
	/** Syntax only: holds at least one shell command line (counting rule R4). */
	readonly runnable: boolean;
	/** Why it is not run as it stands; null when each command in it may be asked for. */
	readonly refused: string | null;
	readonly effect: Effect;
	/** Holds nothing but comments. */
	readonly commentOnly: boolean;
	readonly commands: readonly Command[];
	readonly content: string;
	readonly bindings: readonly Binding[];
}

/** A command of a "Useful commands" list or fence. */
export interface CommandRef extends Located {
	readonly label: string;
	readonly command: Command;
	readonly bindings: readonly Binding[];
}

export interface UrlRef extends Located {
	readonly label: string;
	readonly url: string;
	readonly kind: 'app' | 'health' | 'dashboard' | 'status' | 'docs' | 'repo' | 'placeholder';
	readonly bindings: readonly Binding[];
}

export interface Section extends Located {
	readonly title: string;
	/** 1 to 6; 0 for the text before the first heading. */
	readonly level: number;
	/** Lines of the section's own text, without its subsections. */
	readonly role: string;
	/** What the normaliser took from the heading: ordinal, prefix, severity, time budget. */
	readonly attributes: Readonly<Record<string, string>>;
}

export interface Inert extends Located {
	readonly reason: 'toc' | 'template' | 'changelog' | 'references' | 'architecture' | 'sample-output';
}

export type OwnerKind =
	| 'meta'
	| 'heading'
	| 'label'
	| 'symptom'
	| 'cause'
	| 'line'
	| 'step'
	| 'item'
	| 'contact'
	| 'command'
	| 'url'
	| 'fence'
	| 'table'
	| 'issue'
	| 'comment'
	| 'definition'
	| 'rule'
	| 'callout'
	| 'inert'
	| 'prose';

/** A run of lines that belongs to one node. Owners do not overlap and leave no non-blank line out (rule L1). */
export interface Owner {
	readonly line: number;
	readonly endLine: number;
	readonly kind: OwnerKind;
	readonly address: string;
}

/** An HTML comment of the document; those whose text begins with a directive's kind are directives. */
export interface Comment {
	/** Without `<!--` and `-->`, trimmed. */
	readonly text: string;
	readonly line: number;
	/** 1-based column of `<!--`. */
	readonly column: number;
	/** Last line it covers. */
	readonly endLine: number;
	/** Nothing else stands on its line. */
	readonly alone: boolean;
}

export interface Problem {
	/** Rule of SPEC.md: `D3`. */
	readonly rule: string;
	readonly line: number;
	readonly column: number;
	/** One sentence: what was expected, what came. */
	readonly message: string;
	/** What to do next, nearest valid name included. */
	readonly hint: string;
}

export interface Runbook {
	readonly title: string;
	readonly meta: Readonly<Record<string, string>>;
	readonly sections: readonly Section[];
	readonly issues: readonly Issue[];
	readonly procedures: readonly Procedure[];
	readonly checklists: readonly Checklist[];
	readonly contacts: readonly Contact[];
	readonly fences: readonly Fence[];
	readonly commands: readonly CommandRef[];
	readonly urls: readonly UrlRef[];
	readonly rollback: boolean;
	readonly inert: readonly Inert[];
	readonly comments: readonly Comment[];
	readonly owners: readonly Owner[];
	/** Non-blank lines that no node owns: always empty (rule L1), printed so that anyone can see it. */
	readonly unowned: readonly number[];
	/** Number of lines of the file. */
	readonly lineCount: number;
}

/** Result of reading: all problems at once, never the first alone. */
export type ReadResult =
	| { readonly ok: true; readonly runbook: Runbook; readonly warnings: readonly Problem[] }
	| { readonly ok: false; readonly problems: readonly Problem[] };
