import { commandOf, issueAbout, testRules } from '../fixtures/rule-cases.ts';
import { speedRules } from './speed.ts';

const layers = ['check: net.dns', 'check: net.tcp', 'check: net.tls'];
const below = (value: number, unit: string) => ({ threshold: { metric: 'Response time', operator: '<' as const, value, unit } });

testRules(speedRules, [
	['B10', 'symptom', 'Timeout errors', ['check: http.latency']],
	['B10', 'symptom', 'Requests are timing out', ['check: http.latency']],
	['B10', 'symptom', 'Lock timeout in the database', []],
	['B11', 'symptom', 'Slow page loads', ['check: http.latency', 'check: vitals.p75']],
	['B11', 'symptom', 'The site is very slow', ['check: http.latency', 'check: vitals.p75']],
	['B11', 'symptom', 'Slow replication', []],
	['B12', 'item', 'Page load times acceptable', ['check: vitals.p75', 'check: http.latency']],
	['B12', 'item', 'Page layout reviewed', []],
	['B13', 'item', 'API response times acceptable', ['check: http.latency']],
	['B13', 'item', 'Response time < 500 ms', ['check: http.latency max=500 warn=500'], below(500, 'ms')],
	['B13', 'item', 'Response time < 2 s', ['check: http.latency max=2000'], below(2, 's')],
	['B13', 'step', 'Check response times if users complain', ['~check: http.latency']],
	['B13', 'item', 'Query latency acceptable', []],
	['B14', 'step', 'Check Web Vitals', ['check: vitals.p75']],
	['B14', 'step', 'Review Sentry performance data', ['check: sentry.performance']],
	['B14', 'item', 'Review performance trends', ['check: perf.trend']],
	['B14', 'item', 'Performance optimization review', ['check: perf.trend', '~check: vitals.p75'], { period: 'monthly' }],
	['B14', 'criterion', 'Performance degradation', ['~check: vitals.p75', '~check: http.latency']],
	['B14', 'step', 'Monitor performance', ['check: vitals.p75', '~check: http.latency']],
	['B14', 'step', 'Review query performance', []],
	['B15', 'cause', 'Large bundle size', ['check: bundle.size']],
	['B15', 'step', 'Look at the size', ['check: bundle.size'], { commands: [commandOf('ANALYZE=true npm run build')] }],
	['B15', 'step', 'Build it', [], { commands: [commandOf('npm run build')] }],
	['B16', 'cause', 'Network issues', layers, { issue: issueAbout('Database Connection Issues') }],
	[
		'B16',
		'cause',
		'Network issues',
		[...layers, ...layers.map((check) => `${check} target=convex`), 'check: convex.reachable'],
		{ issue: issueAbout('Database Connection Issues', [], ['Convex deployment down']) },
	],
	['B16', 'cause', 'Network issues', ['check: http.latency'], { issue: issueAbout('Performance Issues', ['Slow page loads']) }],
	['B16', 'cause', 'DNS failures', []],
	['B16', 'cause', 'Network issues', [], { row: true }],
]);
