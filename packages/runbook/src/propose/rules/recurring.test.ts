import { testRules } from '../fixtures/rule-cases.ts';
import { recurringRules } from './recurring.ts';

testRules(recurringRules, [
	['B64', 'item', 'Review application logs', ['task: daily'], { period: 'daily' }],
	['B64', 'item', 'Review application logs', []],
]);
