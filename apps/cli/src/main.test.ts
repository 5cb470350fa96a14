import { describe, expect, it } from 'vitest';
import { createTestIo } from './fixtures/test-io.ts';
import { run } from './main.ts';

async function outcome(...argv: readonly string[]) {
	const io = createTestIo();
	const code = await run(argv, io);
	return { code, out: io.out(), err: io.err() };
}

describe('holdfast', () => {
	it('prints its version', async () => {
		expect(await outcome('--version')).toEqual({ code: 0, out: '0.1.0\n', err: '' });
	});

	it('gives the overview, by itself with exit 2, when asked with exit 0', async () => {
		const asked = await outcome('help');
		expect(asked.code).toBe(0);
		expect(asked.out).toMatchInlineSnapshot(`
			"Usage: holdfast [options] [command]

			The production runbook that runs itself: what is wrong, the proof, the next
			step.

			Options:
			  --version                        print the version
			  --config <file>                  configuration, instead of the nearest
			                                   holdfast.yaml
			  --service <name>                 service of the configuration
			  --json                           data on stdout, words on stderr
			  --strict                         what could not be told counts: exit 3;
			                                   warnings of lint count: exit 1
			  --no-color                       no colours (so does NO_COLOR)
			  --debug                          details of a fault in Holdfast itself
			  -h, --help                       how to use it

			Commands:
			  diagnose [options] [symptom...]  what is wrong, the proof, what it is not, the
			                                   next step
			  check [options] [id...]          ask single checks
			  gather [options] [symptom...]    everything that is known now, in one signed
			                                   bundle
			  verify [options] <bundle>        whether evidence is as it was sealed; needs
			                                   no network
			  runbook                          read, measure and bind a runbook
			  init [options] [runbook] [url]   from a document and a URL to a configuration,
			                                   a bound runbook and a first diagnosis
			  up [options]                     watch every service of the configuration
			                                   until Ctrl-C: storage, monitors, incidents,
			                                   notifications
			  status                           what holdfast up knows now: monitors by
			                                   state, open incidents, how late it is
			  channels                         the ways by which people are told: whom they
			                                   reach, the last delivery, whether they fail
			  inbox [options]                  what channels of kind console were told, the
			                                   newest first
			  errors [options]                 errors that applications reported, the most
			                                   frequent first
			  vitals [options]                 how fast pages feel to visitors: the 75th
			                                   percentile by route and device
			  logs [options]                   lines that drains and SDKs sent, the newest
			                                   of a window
			  releases                         releases that applications named, or that
			                                   were told
			  doctor                           what is missing on this machine and in the
			                                   configuration, and how to get it
			  export [options] <file>          everything Holdfast knows, of one moment, in
			                                   one file; goes on while it runs
			  import [options] <file>          an export into the empty database of this
			                                   installation, all of it or nothing
			  incident                         what is wrong or was, who takes care of it,
			                                   and what became of it
			  maintenance                      when a service may fail: it is written down
			                                   and wakes nobody
			  dev                              in a checkout of Holdfast: break a deployment
			                                   of the example on purpose
			  help [topic...]                  explain a check or a command

			Start here:
			  holdfast init RUNBOOK.md http://localhost:3000  a document and a URL suffice
			  holdfast diagnose "users can't log in"          the cause, what to do about it
			  holdfast diagnose                               every issue of the runbook
			  holdfast up                                     watch it, and tell people
			  holdfast help http.health                       what a check looks at

			Exit codes: 0 well · 1 something failed · 2 usage, configuration or document
			invalid · 3 could not be told · 4 refused · 5 stopped, outcome unknown ·
			130 interrupted
			"
		`);
		expect(await outcome()).toEqual({ code: 2, out: '', err: asked.out });
		expect(Math.max(...asked.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
		expect(await outcome('--help')).toEqual(asked);
	});

	it('explains a command by help and by --help', async () => {
		const asked = await outcome('help', 'runbook', 'bind');
		expect(asked).toEqual(await outcome('runbook', 'bind', '--help'));
		expect(asked.out).toMatchInlineSnapshot(`
			"Usage: holdfast runbook bind [options] [file]

			propose bindings from lines to checks; write them where asked

			Arguments:
			  file                  the runbook; without it the one of the service

			Options:
			  --accept <certainty>  write those at least so certain (choices: "certain",
			                        "likely", "guess")
			  --sidecar <file>      write into this file and leave the document as it is
			  --dry-run             everything but the writing
			  -h, --help            how to use it

			Global Options:
			  --version             print the version
			  --config <file>       configuration, instead of the nearest holdfast.yaml
			  --service <name>      service of the configuration
			  --json                data on stdout, words on stderr
			  --strict              what could not be told counts: exit 3; warnings of lint
			                        count: exit 1
			  --no-color            no colours (so does NO_COLOR)
			  --debug               details of a fault in Holdfast itself

			Examples:
			  holdfast runbook bind RUNBOOK.md
			  holdfast runbook bind RUNBOOK.md --accept certain
			"
		`);
	});

	it('gives a usage error as data too with --json', async () => {
		const { code, out } = await outcome('diagnose', '--jsn', '--json');
		expect(code).toBe(2);
		expect(JSON.parse(out)).toEqual({
			error: {
				code: 'invalid',
				message: "Unknown option '--jsn'. Did you mean --json?",
				hint: 'For example: holdfast diagnose "blank page" --url http://localhost:3000 --runbook RUNBOOK.md',
				problems: [],
			},
		});
	});

	it('lets no escape sequence of an argument reach the terminal', async () => {
		expect((await outcome('diagnose', '--\u001b[2Jx')).err).not.toContain('\u001b');
	});

	it('refuses --runbook where no runbook is read', async () => {
		expect((await outcome('check', '--runbook', 'nope.md', '--url', 'http://127.0.0.1:1')).code).toBe(2);
	});

	it('offers the nearest command of a group', async () => {
		const { code, err } = await outcome('help', 'runbook', 'shw');
		expect({ code, err }).toEqual({ code: 2, err: 'holdfast runbook shw: no such command. Did you mean holdfast help runbook show?\n' });
	});

	it.each([
		['init', 'bob:hunter2@ho st'],
		['init', 'bob:hunter2@shop.example'],
	])('does not repeat a password: %s %s', async (...argv) => {
		const { out, err } = await outcome(...argv);
		expect(out + err).not.toContain('hunter2');
	});

	it.each([
		['an unknown command', ['diagnos']],
		['an unknown command with nothing near', ['xyzzy']],
		['an unknown option', ['diagnose', '--jsn']],
		['a missing subcommand', ['runbook']],
		['an unknown subcommand', ['runbook', 'shwo']],
		['a wrong choice', ['runbook', 'bind', 'RUNBOOK.md', '--accept', 'everything']],
		['a wrong number', ['diagnose', '--overall', 'soon']],
		['too many arguments', ['runbook', 'lint', 'a.md', 'b.md']],
		['an option without its value', ['diagnose', '--url']],
	])('refuses %s with one sentence, an example and exit 2', async (_what, argv) => {
		const { code, out, err } = await outcome(...argv);
		expect({ code, out }).toEqual({ code: 2, out: '' });
		expect(err).toMatch(/\nFor example: holdfast .*\n$/);
		expect(err).not.toMatch(/^\s+at /m);
		expect(err).toMatchSnapshot();
	});
});
