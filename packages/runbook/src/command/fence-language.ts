import type { CommandKind } from '../model.ts';

/** How a fence's tag is taken: as shell, as something else, or not at all (then the content decides; rule X1). */
export type FenceLanguage =
	| { readonly shell: true; readonly console: boolean }
	| { readonly shell: false; readonly kind: CommandKind }
	| null;

const kinds: ReadonlyMap<string, CommandKind | 'shell' | 'console' | 'undecided'> = new Map(
	Object.entries({
		shell: 'bash sh shell zsh ksh fish shellscript powershell pwsh ps1 ps bat batch cmd dos',
		console: 'console terminal shell-session shellsession sh-session bash-session term tty',
		undecided: 'text txt plain plaintext none code raw output-or-command nohighlight ascii',
		sql: 'sql mysql pgsql postgresql postgres plpgsql plsql tsql sqlite psql',
		promql: 'promql logql metricsql',
		http: 'http https rest',
		output: 'log logs output csv tsv stdout',
		config:
			'yaml yml json json5 jsonc toml ini env dotenv properties conf nginx apache hcl terraform tf xml dockerfile docker makefile caddyfile editorconfig cron crontab systemd kdl',
		template: 'markdown md mdx mermaid plantuml dot graphviz jinja jinja2 erb html handlebars mustache diff patch latex rst email',
		other:
			'js javascript ts typescript jsx tsx python py ruby rb go golang rust java kotlin swift php perl lua r elixir erlang scala clojure haskell c cpp csharp cs graphql gql css scss vue svelte groovy jsonnet rego',
	}).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind as CommandKind | 'shell' | 'console' | 'undecided'] as const)),
);

/** Reads the first word of an info string: `Bash`, `{.sh}`, `language-console`, `bash{1,3}`. */
export function readLanguage(lang: string): FenceLanguage {
	const name = lang
		.trim()
		.toLowerCase()
		.replace(/^\{?\.?/, '')
		.replace(/^(?:language|lang)-/, '')
		.replace(/[{},:=[(].*$/s, '');
	const kind = kinds.get(name);
	switch (kind) {
		case undefined:
		case 'undecided':
			return null;
		case 'shell':
			return { shell: true, console: false };
		case 'console':
			return { shell: true, console: true };
		default:
			return { shell: false, kind };
	}
}
