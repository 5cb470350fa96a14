import { describe, expect, test } from 'vitest';
import { readFence } from './read-fence.ts';

const sources = (lang: string, content: string) => readFence(lang, content, 1).commands.map((one) => one.source);

describe('X1: the tag', () => {
	test.each(['bash', 'Bash', 'SH', 'shell', 'zsh', 'console', 'terminal', 'shell-session', '{.bash}', 'language-sh', ''])(
		'%s may hold commands',
		(lang) => {
			expect(readFence(lang, 'git status', 1).runnable).toBe(true);
		},
	);
	test.each([
		['yaml', 'config', 'template'],
		['json', 'config', 'template'],
		['promql', 'promql', 'read'],
		['markdown', 'template', 'template'],
		['log', 'output', 'output'],
		['ruby', 'other', 'unknown'],
		['python', 'other', 'unknown'],
	])('%s is %s with effect %s', (lang, kind, effect) => {
		expect(readFence(lang, 'git push --force', 1)).toMatchObject({
			kind,
			effect,
			runnable: false,
			commands: [],
			refused: expect.stringContaining(lang),
		});
	});
	test('a SQL fence gives its statements, each with its line, and the worst effect', () => {
		const reading = readFence('sql', "-- how many\nSELECT count(*)\nFROM orders;\n\nDELETE FROM orders WHERE note = 'a;b';", 10);
		expect(reading).toMatchObject({ kind: 'sql', runnable: false, effect: 'block' });
		expect(reading.commands.map((one) => [one.line, one.label, one.effect])).toEqual([
			[11, 'how many', 'read'],
			[14, null, 'block'],
		]);
	});
	test('a request of an HTTP fence is judged by its method', () => {
		expect(readFence('http', 'GET /api/health HTTP/1.1', 1).effect).toBe('read');
		expect(readFence('http', 'DELETE /api/orders/1', 1).effect).toBe('block');
	});
});

const notShell: readonly (readonly [what: string, kind: string, content: string])[] = [
	['a log', 'output', '2025-03-01T10:00:00Z ERROR connection refused\n2025-03-01T10:00:01Z WARN retrying'],
	['a syslog', 'output', 'Mar  1 10:00:00 web1 sshd[42]: accepted\nMar  1 10:00:01 web1 sshd[42]: closed'],
	['a table of kubectl', 'output', 'NAME    READY   STATUS    RESTARTS   AGE\nweb-0   1/1     Running   0          5d'],
	['PromQL', 'promql', 'sum(rate(http_requests_total{code=~"5.."}[5m])) by (job)'],
	['PromQL with a name', 'promql', 'etcd_mvcc_db_total_size_in_bytes{job="etcd"} > 100'],
	['settings', 'config', 'NODE_ENV=production\nSESSION_SECRET=change-me-please'],
	['exported settings', 'config', 'export A=1\nexport B="two words"'],
	['JSON', 'config', '{\n  "status": "ok"\n}'],
	['YAML', 'config', 'host: shop.test\nport: 443\nservices:\n  - web'],
	['a diagram', 'other', '┌──────┐    ┌──────┐\n│ find │──▶ │ kill │\n└──────┘    └──────┘'],
	['a tree', 'other', 'Is it recent?\n├── YES → Rollback now\n└── NO → Continue'],
	['a stack trace', 'output', 'Error: boom\n    at run (/srv/app/index.js:10:5)\n    at main (/srv/app/index.js:2:1)'],
	['prose', 'other', 'Make sure that the service is up.\nFind the last error in the log.'],
	['SQL', 'sql', 'SELECT count(*) FROM orders;'],
];

describe('X4: what is not shell, whatever the tag says', () => {
	for (const lang of ['', 'bash', 'console', 'text']) {
		test.each(notShell)(`${lang === '' ? 'no tag' : lang}: %s`, (_what, kind, content) => {
			expect(readFence(lang, content, 1)).toMatchObject({ runnable: false, kind, refused: expect.any(String) });
		});
	}
});

describe('X2, X3: what is shell', () => {
	test.each([
		'npm ci',
		'kubectl get pods',
		'./run.sh',
		'ops/fix.sh now',
		'sudo systemctl restart nginx',
		'DEBUG=1 npm test',
		'cd /srv/app && git pull',
		'find . -name "*.log"',
		'make build',
		'service nginx restart',
		'which node',
		'for h in a b; do ping -c 1 $h; done',
	])('without a tag: %s', (line) => {
		expect(readFence('', line, 1).runnable).toBe(true);
	});
	test('a program that no rule knows counts in a tagged fence and is refused', () => {
		expect(readFence('bash', 'frobnicate --all', 1)).toMatchObject({
			runnable: true,
			effect: 'unknown',
			refused: 'unknown program: frobnicate',
		});
		expect(readFence('', 'frobnicate --all', 1).runnable).toBe(false);
	});
});

describe('X5: prompts', () => {
	test.each([
		['$ git status'],
		['% git status'],
		['ada@web1:~$ git status'],
		['[ada@web1 app]$ git status'],
		['root@web1:/srv# git status'],
		['(venv) $ git status'],
		['~/app $ git status'],
		['PS C:\\app> git status'],
	])('%s', (line) => {
		expect(sources('', line)).toEqual(['git status']);
		expect(readFence('', line, 1).kind).toBe('console');
	});
	test('> is a prompt in a console fence', () => expect(sources('console', '> git status')).toEqual(['git status']));
	test('lines without a prompt are output', () => {
		const reading = readFence('console', '$ kubectl get pods\nNAME  READY\nweb-0 1/1\n$ git status\non branch main', 1);
		expect(reading.commands.map((one) => [one.source, one.line])).toEqual([
			['kubectl get pods', 1],
			['git status', 4],
		]);
		expect(reading.output.map((one) => one.line)).toEqual([2, 3, 5]);
	});
	test('a line without a prompt that would change something is kept and judged', () => {
		expect(readFence('console', '$ cd /srv\nrm -rf cache', 1).effect).toBe('block');
	});
	test('statements typed into a client are judged', () => {
		expect(readFence('console', '$ psql shop\nshop=# DROP TABLE orders;', 1).effect).toBe('block');
		expect(readFence('console', '$ redis-cli\n127.0.0.1:6379> FLUSHALL', 1).effect).toBe('block');
		expect(readFence('bash', 'psql shop\nDELETE FROM orders;', 1).effect).toBe('block');
	});
});

describe('X6, X7: logical lines', () => {
	test('a backslash joins lines', () => {
		const [command] = readFence('bash', 'curl -X POST \\\n  -H "A: b" \\\n  https://shop.test/api\ngit status', 5).commands;
		expect(command).toMatchObject({ line: 5, argv: ['curl', '-X', 'POST', '-H', 'A: b', 'https://shop.test/api'] });
	});
	test('an open quote joins lines', () => {
		const { commands } = readFence('bash', 'psql -d shop -c "\nSELECT 1\nFROM orders;"\ngit status', 1);
		expect(commands.map((one) => [one.line, one.argv.length])).toEqual([
			[1, 5],
			[4, 2],
		]);
	});
	test('a heredoc joins lines and is judged', () => {
		const { commands } = readFence('bash', 'psql shop <<SQL\nUPDATE orders SET note = 1;\nSQL\ngit status', 1);
		expect(commands.map((one) => [one.line, one.effect])).toEqual([
			[1, 'write'],
			[4, 'read'],
		]);
		expect(commands[0]?.refused).toContain('<<');
	});
	test.each([
		'for h in a b; do\n  rm -rf /srv/$h\ndone',
		'while read h; do\n  rm -rf "$h"\ndone < hosts',
		'if [ -f x ]; then\n  rm -rf x\nfi',
		'case $1 in\n  a) rm -rf x ;;\nesac',
		'clean() {\n  rm -rf x\n}',
		'function clean {\n  rm -rf x\n}',
	])('a block is one command with the worst effect inside: %s', (block) => {
		const { commands, effect } = readFence('bash', `${block}\ngit status`, 1);
		expect(commands).toHaveLength(2);
		expect(effect).toBe('block');
		expect(commands[1]?.source).toBe('git status');
	});
	test('a harmless block is refused as a shell feature', () => {
		expect(readFence('bash', 'for h in a b; do\n  ping -c 1 $h\ndone', 1).refused).toMatch(/^needs a shell: /);
	});
	test('an unclosed quote spoils its own line only', () => {
		const { commands } = readFence('bash', "echo it's\ngit status", 1);
		expect(commands.map((one) => [one.source, one.refused])).toEqual([
			["echo it's", "not a whole command: a ' is not closed"],
			['git status', null],
		]);
	});
});

describe('X8: comments', () => {
	test('are kept with line and number; the one above is the label', () => {
		const reading = readFence(
			'bash',
			'# 1. Is it up?\ngit status\n\n# Step 2: look\n# again\ngit log --oneline -3 # Expected: 3 lines\ngit diff --stat',
			20,
		);
		expect(reading.comments).toEqual([
			{ text: 'Is it up?', line: 20, ordinal: 1 },
			{ text: 'look', line: 23, ordinal: 2 },
			{ text: 'again', line: 24, ordinal: null },
			{ text: 'Expected: 3 lines', line: 25, ordinal: null },
		]);
		expect(reading.commands.map((one) => [one.source, one.label])).toEqual([
			['git status', 'Is it up?'],
			['git log --oneline -3', 'again'],
			['git diff --stat', null],
		]);
	});
	test('a fence of comments alone has nothing to run', () => {
		expect(readFence('bash', '# open the dashboard\n# press the button', 1)).toMatchObject({
			kind: 'shell',
			runnable: false,
			commentOnly: true,
			refused: 'only comments: nothing to run',
		});
	});
	test('an empty fence says so', () => {
		expect(readFence('bash', '', 1)).toMatchObject({ runnable: false, commentOnly: false, refused: 'empty: nothing to run' });
	});
	test('a # inside a word or a quote is none', () => {
		expect(sources('bash', 'curl https://shop.test/a#b\necho "# x"')).toEqual(['curl https://shop.test/a#b', 'echo "# x"']);
	});
});

describe('X9: argument vectors', () => {
	test('assignments, variables, parts', () => {
		const [command] = readFence('bash', 'ANALYZE=true npm run build && echo $NEXT_PUBLIC_CONVEX_URL | wc -c', 1).commands;
		expect(command).toMatchObject({
			argv: ['npm', 'run', 'build'],
			env: { ANALYZE: 'true' },
			variables: ['NEXT_PUBLIC_CONVEX_URL'],
			effect: 'local-write',
			refused: null,
			parts: [
				{ argv: ['npm', 'run', 'build'], env: { ANALYZE: 'true' }, operator: null, effect: 'local-write' },
				{ argv: ['echo', '$NEXT_PUBLIC_CONVEX_URL'], env: {}, operator: '&&', effect: 'read' },
				{ argv: ['wc', '-c'], env: {}, operator: '|', effect: 'read' },
			],
		});
	});
	test('the name of a public variable may be shown', () => {
		expect(readFence('bash', 'echo $NEXT_PUBLIC_CONVEX_URL', 1)).toMatchObject({ effect: 'read', refused: null });
	});
	test('a variable that is set in the command is not asked for', () => {
		expect(readFence('bash', 'for h in a b; do ping -c 1 $h.$ZONE; done', 1).commands[0]?.variables).toEqual(['ZONE']);
	});
	test('placeholders in angle brackets are words, not redirections', () => {
		expect(readFence('bash', 'kubectl logs <pod name> -n <ns> > out.txt', 1).commands[0]).toMatchObject({
			argv: ['kubectl', 'logs', '<pod name>', '-n', '<ns>'],
			effect: 'local-write',
			refused: 'placeholder not filled in: <pod name>',
		});
	});
	test('CRLF content reads the same', () => {
		expect(readFence('bash', '# x\r\ncurl \\\r\n  https://shop.test\r\n', 1).commands.map((one) => one.argv)).toEqual([
			['curl', 'https://shop.test'],
		]);
	});
});

describe('X11: refusals', () => {
	test.each([
		['ls *.log', 'needs a shell: a wildcard for file names'],
		['cd ~/app', 'needs a shell: the home folder (~)'],
		['cat a > b', 'needs a shell: output to a file (>)'],
		['sort < a', 'needs a shell: input from a file (<)'],
		['npm ci &', 'needs a shell: a command in the background (&)'],
		['curl https://shop.test/a?b=1&c=2', 'needs a shell: an & in a URL without quotes starts a second command'],
		['echo $(date)', 'needs a shell: a command inside the command: $(…)'],
		['cd /srv', 'needs a shell: cd acts on the shell itself'],
		['(ls; pwd)', 'needs a shell: a subshell'],
		['git log \\', 'not a whole command: it ends in \\ and no line follows'],
		['psql', 'waits for a person at the keyboard: copy it into a terminal'],
		['rm -rf x', 'never run from here: deletes files without asking, folders included'],
		['cat .env', 'would show a secret: it prints a file that holds secrets'],
		['git log \u2013\u2013oneline', 'holds an en dash (\u2013, U+2013): type -- or - in its place'],
		['curl -H \u201ca: b\u201d https://shop.test', 'holds a curly quotation mark (\u201c, U+201C): type " in its place'],
		['git\u00a0log', 'holds a non-breaking space (U+00A0): type a space in its place'],
		['curl ... https://shop.test', 'something is left out: ...'],
		['git push', null],
		['./fix.sh', null],
		['ls 2>&1', null],
		['ls 2>/dev/null', null],
		['curl https://shop.test/a?b=1', null],
		['curl "https://shop.test/a?b=1&c=2"', null],
		["docker ps --format '{{.Names}}'", null],
	])('%s', (source, refused) => expect(readFence('bash', source, 1).commands[0]?.refused).toBe(refused));
});
