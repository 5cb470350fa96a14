import { commandOf, testRules } from '../fixtures/rule-cases.ts';
import { commandRules } from './command.ts';

testRules(commandRules, [
	['B65', 'command', 'Check build', ['action: command.run'], { commands: [commandOf('npm run build', { effect: 'local-write' })] }],
	['B65', 'command', 'Deploy', [], { commands: [commandOf('npm run deploy', { effect: 'write' })] }],
	['B65', 'command', 'Logs', [], { commands: [commandOf('npm run logs', { unbounded: true })] }],
	['B65', 'command', 'Own script', [], { commands: [commandOf('./clean.sh')] }],
]);
