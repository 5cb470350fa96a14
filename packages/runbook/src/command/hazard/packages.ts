import { type Call, type Family, type Judgement, judged } from '../call.ts';
import { readArgs } from '../read-args.ts';
import { wordList } from '../word-list.ts';

/** Scripts of a project by their first word, and what they do by custom (rule E22). */
const localScript =
	/^(?:test|tests|spec|lint|typecheck|type-check|types|tsc|check|build|compile|format|prettier|coverage|verify|audit|analy[sz]e|bundle-analy[sz]er?|unit|e2e|ci|prebuild|postbuild|validate|clean|codegen|generate)(?=$|[:_.-])/;
const serveScript = /^(?:dev|start|serve|watch|preview|storybook|develop)(?=$|[:_.-])|(?:^|[:_.-])(?:watch|dev|ui)$/;
const changeScript =
	/(?:^|[:_.-])(?:deploy|release|publish|migrate|migration|migrations|seed|promote|rollback|push|ship|sync|provision|up|restart|upload)(?=$|[:_.-])/;
const wipeScript = /(?:^|[:_.-])(?:reset|drop|destroy|wipe|truncate|purge|teardown|down|nuke|delete)(?=$|[:_.-])/;
const liveScript = /(?:^|[:_.-])(?:prod|production|live|remote)(?=$|[:_.-])/;

/** Package managers, builds, interpreters and test runners (rules E13 and E22). */
export const packageFamily: Family = {
	tools: wordList(`
		npm yarn pnpm bun deno node tsx ts-node corepack nvm fnm volta turbo nx lerna changeset tsc vitest jest mocha
		playwright cypress eslint prettier biome oxlint next vite webpack rollup esbuild size-limit lhci source-map-explorer
		depcheck npm-check-updates ncu snyk trivy grype syft gitleaks semgrep artillery python python3 pip pip3 pytest mypy
		ruff black flake8 tox ruby rails rake bundle gem irb rspec perl php artisan composer java javac mvn gradle gradlew go
		cargo rustc dotnet mix iex elixir make cmake just task bazel lua r rscript manage.py django-admin flask jupyter apt
		apt-get apt-cache dpkg yum dnf rpm apk pacman snap brew choco winget helmify
	`),
	judge: judgePackages,
};

function judgePackages(call: Call): Judgement {
	const { tool, args } = call;
	const flags = readArgs(args, wordList('-C --prefix --dir --cwd -w --workspace --filter -F -f -e -c -m -r --require --import -p'));
	if (args.length > 0 && args.every((arg) => /^(?:-v|-V|--version|version|--help|-h)$/.test(arg))) return judged('read');
	switch (tool) {
		case 'npm':
		case 'yarn':
		case 'pnpm':
		case 'bun':
			return judgeManager(tool, flags.operands, args);
		case 'turbo':
		case 'nx':
		case 'lerna':
		case 'make':
		case 'just':
		case 'task':
			return judgeTargets(
				flags.operands.filter((word) => !/^(?:run|run-many|exec)$/.test(word) && !word.includes('=')),
				args,
			);
		case 'apt':
		case 'apt-get':
		case 'apt-cache':
		case 'dpkg':
		case 'yum':
		case 'dnf':
		case 'rpm':
		case 'apk':
		case 'pacman':
		case 'snap':
		case 'choco':
		case 'winget':
			return judgeSystemPackages(flags.operands, args);
		case 'playwright':
		case 'prettier':
		case 'eslint':
		case 'biome':
		case 'tsc':
		case 'vitest':
		case 'jest':
		case 'mocha':
		case 'cypress':
		case 'oxlint':
		case 'webpack':
		case 'vite':
		case 'rollup':
		case 'esbuild':
		case 'size-limit':
		case 'lhci':
		case 'source-map-explorer':
		case 'depcheck':
		case 'snyk':
		case 'trivy':
		case 'grype':
		case 'syft':
		case 'gitleaks':
		case 'semgrep':
		case 'next':
		case 'pytest':
		case 'mypy':
		case 'ruff':
		case 'black':
		case 'flake8':
		case 'tox':
		case 'rspec':
		case 'javac':
		case 'rustc':
		case 'cmake':
			return judged('local-write', {
				unbounded:
					flags.has('--watch', '-w', '--watchAll', '--ui') ||
					/^(?:dev|start|preview|serve|watch|open)$/.test(flags.operands[0] ?? '') ||
					(tool === 'vite' && flags.operands.length === 0) ||
					(tool === 'vitest' && flags.operands[0] !== 'run' && !args.includes('--run')),
			});
		case 'rails':
		case 'rake':
		case 'artisan':
		case 'manage.py':
		case 'django-admin':
		case 'flask':
		case 'bundle':
		case 'mix':
			return judgeFramework(tool, flags.operands, args);
		case 'php':
			return flags.operands[0] === 'artisan'
				? judgeFramework('artisan', flags.operands.slice(1), args)
				: judgeInterpreter(call, flags.operands);
		case 'go':
		case 'cargo':
		case 'dotnet':
		case 'mvn':
		case 'gradle':
		case 'gradlew':
		case 'composer':
		case 'pip':
		case 'pip3':
		case 'gem':
			return judgeBuilder(flags.operands);
		case 'nvm':
		case 'fnm':
		case 'volta':
		case 'corepack':
		case 'ncu':
		case 'npm-check-updates':
			return judged('local-write');
		default:
			return judgeInterpreter(call, flags.operands);
	}
}

/** What a project's script does, by its name: `test:run` writes locally, `deploy` changes, `db:reset` destroys, others are unknown (rule E22). */
export function judgeScriptName(name: string): Judgement {
	if (wipeScript.test(name))
		return judged('destructive', { class: 'deploy', why: 'runs a script whose name says that it wipes something' });
	if (changeScript.test(name))
		return judged('write', { class: 'deploy', why: 'runs a script whose name says that it deploys or migrates' });
	if (liveScript.test(name)) return judged('unknown', { class: 'deploy', why: 'runs a script against the live system' });
	if (serveScript.test(name)) return judged('local-write', { unbounded: true });
	return judged(localScript.test(name) ? 'local-write' : 'unknown');
}

function judgeManager(tool: string, words: readonly string[], args: readonly string[]): Judgement {
	const [verb = '', sub = ''] = words;
	if (/^(?:run|run-script|rum|urn)$/.test(verb)) return sub === '' ? judged('read') : judgeScriptName(sub);
	if (
		verb === 'publish' ||
		verb === 'unpublish' ||
		verb === 'deprecate' ||
		/^(?:dist-tag|access|owner|token|hook|org|team|profile)$/.test(verb)
	) {
		return args.includes('--dry-run') ? judged('read') : judged('write', { class: 'deploy', why: 'changes what is published' });
	}
	if (
		/^(?:ls|list|ll|outdated|view|info|show|why|explain|ping|whoami|search|root|prefix|bin|docs|fund|query|sbom|licenses|config)$/.test(
			verb,
		)
	)
		return verb === 'config' && !/^(?:get|list|ls)?$/.test(sub) ? judged('local-write') : judged('read');
	if (verb === 'audit') return sub === 'fix' || args.includes('--fix') ? judged('local-write') : judged('read');
	if (
		/^(?:test|t|tst|build|pack|install|i|ci|add|remove|rm|uninstall|update|up|upgrade|dedupe|prune|rebuild|link|cache|init|create|version|import|patch|store|install-test|set|store|fetch|clean-install|dlx|self-update|env)$/.test(
			verb,
		)
	)
		return judged('local-write');
	if (/^(?:start|restart|stop)$/.test(verb))
		return tool === 'npm' || tool === 'pnpm' || tool === 'yarn'
			? judged('local-write', { unbounded: verb === 'start' })
			: judged('unknown');
	if (verb === '') return judged(tool === 'yarn' || args.length > 0 ? 'local-write' : 'read');
	return tool === 'npm' ? judged('unknown') : judgeScriptName(verb);
}

function judgeTargets(words: readonly string[], args: readonly string[]): Judgement {
	if (args.some((arg) => /^(?:-n|--dry-run|--just-print|--dry)$/.test(arg))) return judged('read');
	if (words.length === 0) return judged('unknown');
	const worst = words.map(judgeScriptName);
	return (
		worst.find((one) => one.effect === 'destructive') ??
		worst.find((one) => one.effect === 'unknown') ??
		worst.find((one) => one.effect === 'write') ??
		(worst[0] as Judgement)
	);
}

function judgeSystemPackages(words: readonly string[], args: readonly string[]): Judgement {
	const verb = words[0] ?? '';
	if (args.some((arg) => /^(?:-n|--dry-run|--simulate|-s)$/.test(arg)) && /install|remove|upgrade/.test(verb)) return judged('read');
	if (
		/^(?:list|search|show|info|policy|depends|rdepends|repolist|history|madison)$/.test(verb) ||
		args.some((arg) => /^(?:-q[a-z]*|-Q[a-z]*|-l|-L|-s|--list|--status|--get-selections)$/.test(arg))
	)
		return judged('read');
	if (/^(?:remove|purge|autoremove|erase|del|uninstall)$/.test(verb))
		return judged('destructive', { class: 'service', why: 'removes software from the machine' });
	return judged('write', { class: 'service', why: 'installs or changes software of the machine' });
}

function judgeFramework(tool: string, words: readonly string[], args: readonly string[]): Judgement {
	const line = words.join(' ');
	if (/^(?:c|console|dbconsole|db|tinker|shell|dbshell|shell_plus)(?:\s|$)/.test(line))
		return judged('unknown', { class: 'deploy', why: 'opens a console of the application', interactive: true });
	if (/^(?:s|server|serve|runserver|run)(?:\s|$)/.test(line)) return judged('local-write', { unbounded: true });
	if (tool === 'bundle')
		return /^(?:install|update|check|outdated|list|show|info|audit)\b/.test(line)
			? judged(/^(?:check|outdated|list|show|info|audit)/.test(line) ? 'read' : 'local-write')
			: judged('unknown');
	if (
		/(?:db:drop|db:reset|db:purge|migrate:fresh|migrate:reset|db:wipe|flush|reset_db|sqlflush|ecto\.drop|ecto\.reset|schema:load)/.test(
			line,
		)
	)
		return judged('block', { class: 'restore-over-live', why: 'drops or empties the database' });
	if (/(?:rollback|down\b)/.test(line))
		return judged('destructive', { class: 'restore-over-live', why: 'takes a migration back, data included' });
	if (/(?:status|showmigrations|routes|about|stats|list|\bcheck\b|version|notes|-T\b)/.test(line) || args.includes('-T'))
		return judged('read');
	if (/(?:migrate|seed|deploy|restart|cache:|queue:|down|up|collectstatic|createsuperuser|assets:|clear|optimize)/.test(line))
		return judged('write', { class: 'deploy', why: 'migrates or changes the application' });
	return judged(/^(?:test|spec|compile|format|lint)\b/.test(line) ? 'local-write' : 'unknown');
}

function judgeBuilder(words: readonly string[]): Judgement {
	const verb = words[0] ?? '';
	if (/^(?:publish|push|deploy|release|yank|owner)$/.test(verb)) return judged('write', { class: 'deploy', why: 'publishes a package' });
	if (
		/^(?:version|list|show|env|info|outdated|tree|metadata|freeze|check|why|audit|dependencies|validate|help|licenses|diagnose)$/.test(verb)
	)
		return judged(verb === 'check' ? 'local-write' : 'read');
	return judged(/^(?:run|exec|x|runscript|bootRun)$/.test(verb) || verb === '' ? 'unknown' : 'local-write', {
		unbounded: verb === 'watch',
	});
}

function judgeInterpreter(call: Call, words: readonly string[]): Judgement {
	const { args, stdin } = call;
	if (args.some((arg) => arg.startsWith('<(')))
		return judged('block', { class: 'pipe-to-shell', why: 'runs text from elsewhere as a program' });
	if (args.length === 0 || (args.length === 1 && args[0] === '-')) {
		if (stdin.kind === 'pipe' || stdin.kind === 'file')
			return judged('block', { class: 'pipe-to-shell', why: 'runs text from elsewhere as a program' });
		return stdin.kind === 'none' ? judged('unknown', { interactive: true }) : judged('unknown');
	}
	// Only formatters of text: `python -m json.tool` after a pipe is common and harmless.
	if (/^python3?$/.test(call.tool) && args[0] === '-m' && args[1] === 'json.tool' && args.length === 2) return judged('read');
	if (/^python3?$/.test(call.tool) && args.includes('http.server')) return judged('local-write', { unbounded: true });
	if (words.some((word) => /(?:^|\/)manage\.py$/.test(word)))
		return judgeFramework('manage.py', words.slice(words.findIndex((word) => word.endsWith('manage.py')) + 1), args);
	return judged('unknown');
}
