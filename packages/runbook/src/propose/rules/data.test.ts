import { testRules } from '../fixtures/rule-cases.ts';
import { dataRules } from './data.ts';

testRules(dataRules, [
	['B47', 'item', 'Backups successful', ['check: backup.fresh']],
	['B47', 'item', 'Backup verification', ['check: backup.verify']],
	['B47', 'step', 'Check Convex backups', ['check: backup.list']],
	['B47', 'step', 'Back up your opinion', []],
	['B48', 'step', 'Restore from backup if available', ['action: backup.restore']],
	['B48', 'item', 'Disaster recovery drill', ['action: backup.drill']],
	['B48', 'step', 'Never restore a backup over live data', []],
	['B49', 'item', 'No data corruption', ['check: data.integrity']],
	['B49', 'criterion', 'Data corruption', ['~check: data.integrity']],
	['B49', 'item', 'Data protection training', []],
	['B50', 'step', 'What data was lost?', ['check: data.loss'], { title: 'Data Loss', outer: ['Assess Damage'] }],
	['B50', 'step', 'What data was lost?', [], { title: 'Interview' }],
]);
