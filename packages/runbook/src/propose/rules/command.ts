import { action, nothing, type Rule } from '../rule.ts';

/** Scripts of a package and the tools that only look at the checkout. */
const inCheckout =
	/^(?:npm (?:run(?:-script)? [\w:.-]+|test|t|audit|outdated|ls)|pnpm (?:run )?[\w:.-]+|yarn (?:run )?[\w:.-]+|bun run [\w:.-]+|npx tsc(?: --noEmit)?|git (?:log|status|diff|show)\b.*)$/;

/** B65: useful commands that change nothing outside a checkout. */
export const commandRules: readonly Rule[] = [
	{
		id: 'B65',
		about: 'a useful command that runs in a checkout',
		on: ['command'],
		certainty: 'certain',
		propose: (subject) => {
			const [command] = subject.commands;
			if (command === undefined || command.refused !== null || command.interactive || command.unbounded || command.parts.length > 1)
				return nothing;
			if (command.effect !== 'read' && command.effect !== 'output' && command.effect !== 'local-write') return nothing;
			return inCheckout.test(command.argv.join(' ')) ? [action('command.run')] : nothing;
		},
	},
];
