import { describe, expect, test } from 'vitest';
import { findPlaceholders } from './find-placeholders.ts';

const textsOf = (text: string) => findPlaceholders(text).map((one) => one.text);

const found: readonly (readonly [rule: string, form: string, text: string, expected: readonly string[]])[] = [
	['F1', 'angle', 'kubectl logs <pod-name> -n <your namespace>', ['<pod-name>', '<your namespace>']],
	['F1', 'angle', 'psql -h db-<region>.internal', ['<region>']],
	['F1', 'angle', 'Visit https://host/<order_id>/edit', ['<order_id>']],
	['F2', 'bracket', '- **Manager**: [Contact Info]', ['[Contact Info]']],
	['F2', 'bracket', 'Platform Dashboard: [Platform-specific]', ['[Platform-specific]']],
	['F2', 'bracket', 'Open https://shop.test/reports/[reported-id]', ['[reported-id]']],
	['F2', 'bracket', '[2-3 sentence summary of it]', ['[2-3 sentence summary of it]']],
	['F3', 'brace', 'GET /orders/{order_id}/lines', ['{order_id}']],
	['F4', 'mustache', 'Host {{ $labels.instance }} is down', ['{{ $labels.instance }}']],
	['F5', 'your', 'heroku logs -a your-app', ['your-app']],
	['F5', 'your', 'https://sentry.io/organizations/YOUR_ORG/issues/', ['YOUR_ORG']],
	['F6', 'example-host', 'curl https://your-domain.com/api/health', ['your-domain.com']],
	['F6', 'example-host', 'curl https://your-convex-url.convex.cloud/api/health', ['your-convex-url.convex.cloud']],
	['F6', 'example-host', 'Write to oncall@example.com', ['oncall@example.com']],
	['F6', 'example-host', 'https://api.yourdomain.com/', ['api.yourdomain.com']],
	['F6', 'example-host', 'https://shop.example/', ['shop.example']],
	['F7', 'todo', 'Phone: TBD', ['TBD']],
	['F7', 'todo', 'TODO: customise this step', ['TODO']],
	['F7', 'todo', 'key sk_live_xxxxxxxx', ['xxxxxxxx']],
	['F8', 'date', '**Last Updated**: 2025-01-XX', ['2025-01-XX']],
	['F8', 'date', 'channel #inc-YYYY-MM-DD-name', ['YYYY-MM-DD']],
	['F9', 'phone', 'Call +1 (555) 123-4567', ['+1 (555) 123-4567']],
	['F9', 'phone', 'Call 555-0123 or XXX-XXX-XXXX', ['555-0123', 'XXX-XXX-XXXX']],
	['F10', 'ellipsis', 'Open https://vercel.com/.../deployments', ['https://vercel.com/.../deployments']],
];

describe('F1 to F10: what is left to be filled in', () => {
	test.each(found)('%s: finds %s in %s', (_rule, form, text, expected) => {
		expect(textsOf(text)).toEqual(expected);
		expect(findPlaceholders(text)[0]?.form).toBe(form);
	});

	test('F11: each once, in order', () => {
		expect(textsOf('[Name] calls <pod>, then [Name] again')).toEqual(['[Name]', '<pod>']);
	});
});

const none = [
	'- [ ] Check it',
	'- [x] Checked',
	'- [X] Checked',
	'See [the guide](https://shop.test/guide)',
	'See [the guide][1] and [other][]',
	'![diagram](a.png)',
	'[guide]: https://shop.test/guide',
	'A footnote[^1] and [^note]',
	'> [!WARNING]',
	'a<br>b <details><summary>x</summary></details> <kbd>Ctrl</kbd>',
	'<a href="https://shop.test">x</a> <img src="a.png">',
	'Mail <ada@shop.test>',
	'See <https://shop.test/a>',
	'cat <in.txt >out.txt',
	'sort < in > out',
	'cat <<EOF',
	'echo $HOME $' + '{NAME} "$' + '{OTHER:-x}"',
	"grep -E '[a-z]+[0-9]{3}' app.log",
	"sed 's/[^0-9]//g'",
	"grep '[[:space:]]' app.log",
	'tr [A-Z] [a-z]',
	"awk '{print $1}' app.log",
	"jq '.items[0].name' a.json",
	'kubectl get pods -o jsonpath={.items[*].metadata.name}',
	'git stash drop stash@{0}',
	'git log main...feature',
	'go test ./...',
	'curl -w "%{http_code}" https://shop.test',
	'echo {a,b}',
	'## Title {#anchor}',
	'rate(http_requests_total[5m])',
	'up{job="web"}',
	'if x < 3 and y > 2',
	'{"status":"ok"}',
	'[ -f /tmp/x ] && echo yes',
	'[[ $a == b ]]',
	'[ERROR] it broke',
	'Call +1 415 867 5309',
	'2025-01-31',
	'Promise<User>',
	'Wait for it...',
	'pip install app[all]',
	'Ask yourself what changed',
];

describe('F12: what only looks like one', () => {
	test.each(none)('%s', (text) => expect(findPlaceholders(text)).toEqual([]));
});
