import { describe, expect, it } from 'vitest';
import { createTestIo } from '../fixtures/test-io.ts';
import { run } from '../main.ts';

async function outcome(...argv: readonly string[]) {
	const io = createTestIo();
	const code = await run(argv, io);
	return { code, out: io.out(), err: io.err() };
}

// What a command needs is loaded at its first use.
describe('holdfast incident and maintenance', { timeout: 30_000 }, () => {
	it.each([
		[['incident', 'shwo', '3'], 'Did you mean holdfast incident show?'],
		[['incident', 'show', 'three'], 'Expected the number of an incident'],
		[['incident', 'merge', '1', 'x'], 'holdfast incident merge 4 3'],
		[['incident', 'note', '3'], 'holdfast incident note 3 the fuse blew'],
		[['incident', 'open', 'x', '--severity', 'bad'], 'critical, major, minor, info'],
	])('refuses %j with exit 2', async (argv, sentence) => {
		const { code, out, err } = await outcome(...argv);
		expect({ code, out }).toEqual({ code: 2, out: '' });
		expect(err.replace(/\s+/g, ' ')).toContain(sentence);
	});

	it.each([[['incident']], [['incident', 'list', '--all']], [['incident', 'show', '3']], [['maintenance', 'list']]])(
		'says of %j that nothing was started here, with exit 4',
		async (argv) => {
			expect(await outcome(...argv)).toMatchObject({ code: 4, err: expect.stringMatching(/Start it with holdfast\s+up/) });
		},
	);

	it('explains itself', async () => {
		expect((await outcome('help', 'incident')).out).toMatchInlineSnapshot(`
			"Usage: holdfast incident [options] [command]

			what is wrong or was, who takes care of it, and what became of it

			Options:
			  -h, --help                      how to use it

			Global Options:
			  --version                       print the version
			  --config <file>                 configuration, instead of the nearest
			                                  holdfast.yaml
			  --service <name>                service of the configuration
			  --json                          data on stdout, words on stderr
			  --strict                        what could not be told counts: exit 3;
			                                  warnings of lint count: exit 1
			  --no-color                      no colours (so does NO_COLOR)
			  --debug                         details of a fault in Holdfast itself

			Commands:
			  list [options]                  those that are open
			  show <number>                   cause, proof and next step, people, timeline
			  open [options] <title...>       tell people of what no monitor sees
			  ack <number> [text...]          take care of it: others see that somebody does
			  note <number> <text...>         add a remark to its timeline
			  resolve <number> [text...]      it is over
			  reopen <number> [text...]       it was not over
			  merge <number> <into>           it is part of another one, which takes its
			                                  monitors
			  role <number> <role> [name...]  who does what in it; without a name the role
			                                  is nobody’s again
			  postmortem <number>             a post-mortem as far as the record knows it,
			                                  in Markdown

			Without a command: those that are open.

			Examples:
			  holdfast incident
			  holdfast incident show 3
			  holdfast incident ack 3
			"
		`);
	});
});
