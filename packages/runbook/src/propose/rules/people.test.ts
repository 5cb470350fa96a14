import { commandOf, testRules } from '../fixtures/rule-cases.ts';
import { personRules } from './people.ts';

testRules(personRules, [
	['B60', 'step', 'Inform the customers', ['person: notify']],
	['B60', 'step', 'Affected users (if required)', ['person: notify'], { outer: ['Notify'] }],
	['B60', 'step', 'Contact email', []],
	['B61', 'step', 'Document current state', ['person: note']],
	['B61', 'step', 'What was fixed', ['person: note'], { outer: ['Document'] }],
	['B61', 'step', 'Stack trace', ['person: note'], { title: 'Gather Information', outer: ['Error Details'] }],
	['B61', 'step', 'Stack trace', []],
	['B62', 'step', 'Can it be recovered?', ['person: decide']],
	['B62', 'step', 'Assess the damage', ['person: decide']],
	['B62', 'step', 'Assess the damage', [], { leaf: false }],
	['B63', 'step', 'Confirm with affected users', ['person: confirm']],
	['B63', 'step', 'Deploy to production', ['person: confirm']],
	['B63', 'step', 'Test the API', [], { commands: [commandOf('curl https://shop.example.org/api')] }],
]);
