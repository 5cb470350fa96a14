import { issueAbout, testRules } from '../fixtures/rule-cases.ts';
import { pageRules } from './page.ts';

testRules(pageRules, [
	['B5', 'symptom', 'Blank page or error page', ['check: http.page']],
	['B5', 'symptom', 'The page stays white', ['check: http.page']],
	['B5', 'symptom', 'Pages do not load', ['~check: http.page']],
	['B5', 'symptom', 'Blank page', [], { row: true }],
	['B5', 'symptom', 'The cluster is empty', []],
	['B6', 'symptom', '500 Internal Server Error', ['check: http.status']],
	['B6', 'symptom', 'HTTP 502 errors', ['check: http.status']],
	['B6', 'symptom', 'More than 500 pods pending', []],
	['B7', 'cause', 'Build errors', ['check: http.assets', 'check: release.build']],
	['B7', 'cause', 'Building is on fire', []],
	['B8', 'step', 'Test basic functionality', ['~check: http.status']],
	['B8', 'step', 'Test affected functionality', []],
	['B9', 'symptom', 'Data not loading', ['check: http.list']],
	['B9', 'symptom', 'Empty lists', ['check: http.list']],
	[
		'B9',
		'symptom',
		'"Connection failed" errors',
		['check: http.list', '~check: convex.reachable'],
		{ issue: issueAbout('Database trouble') },
	],
	['B9', 'symptom', '"Connection failed" errors', [], { issue: issueAbout('Printer on paper') }],
]);
