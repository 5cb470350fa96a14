import { Command } from 'commander';
import { addChannels } from './commands/channels.ts';
import { addCheck } from './commands/check.ts';
import { addDev } from './commands/dev.ts';
import { addDiagnose } from './commands/diagnose.ts';
import { addDoctor } from './commands/doctor.ts';
import { addErrors } from './commands/errors.ts';
import { addExport } from './commands/export.ts';
import { addGather } from './commands/gather.ts';
import { addHelp } from './commands/help.ts';
import { addImport } from './commands/import.ts';
import { addInbox } from './commands/inbox.ts';
import { addIncident } from './commands/incident.ts';
import { addInit } from './commands/init.ts';
import { addLogs } from './commands/logs.ts';
import { addMaintenance } from './commands/maintenance.ts';
import { addReleases } from './commands/releases.ts';
import { addRunbook } from './commands/runbook.ts';
import { addStatus } from './commands/status.ts';
import { addUp } from './commands/up.ts';
import { addVerify } from './commands/verify.ts';
import { addVitals } from './commands/vitals.ts';
import type { Session } from './session.ts';

/** All commands. What they need is loaded when one of them runs. */
export function createProgram(session: Session, version: string): Command {
	const program = new Command('holdfast')
		.description('The production runbook that runs itself: what is wrong, the proof, the next step.')
		.version(version, '--version', 'print the version')
		.option('--config <file>', 'configuration, instead of the nearest holdfast.yaml')
		.option('--service <name>', 'service of the configuration')
		.option('--json', 'data on stdout, words on stderr')
		.option('--strict', 'what could not be told counts: exit 3; warnings of lint count: exit 1')
		.option('--no-color', 'no colours (so does NO_COLOR)')
		.option('--debug', 'details of a fault in Holdfast itself')
		.helpOption('-h, --help', 'how to use it')
		.helpCommand(false)
		.showHelpAfterError(false)
		.configureHelp({ showGlobalOptions: true, sortSubcommands: false })
		.addHelpText('after', OVERVIEW);
	addDiagnose(program, session);
	addCheck(program, session);
	addGather(program, session, version);
	addVerify(program, session);
	addRunbook(program, session);
	addInit(program, session);
	addUp(program, session);
	addStatus(program, session);
	addChannels(program, session);
	addInbox(program, session);
	addErrors(program, session);
	addVitals(program, session);
	addLogs(program, session);
	addReleases(program, session);
	addDoctor(program, session);
	addExport(program, session, version);
	addImport(program, session);
	addIncident(program, session);
	addMaintenance(program, session);
	addDev(program, session);
	addHelp(program, session);
	for (const command of everyCommand(program)) prepareCommand(command, session);
	return program;
}

const OVERVIEW = `
Start here:
  holdfast init RUNBOOK.md http://localhost:3000  a document and a URL suffice
  holdfast diagnose "users can't log in"          the cause, what to do about it
  holdfast diagnose                               every issue of the runbook
  holdfast up                                     watch it, and tell people
  holdfast help http.health                       what a check looks at

Exit codes: 0 well · 1 something failed · 2 usage, configuration or document
invalid · 3 could not be told · 4 refused · 5 stopped, outcome unknown ·
130 interrupted`;

function everyCommand(command: Command): readonly Command[] {
	return [command, ...command.commands.flatMap(everyCommand)];
}

/** Commander leaves by an exception, and writes through the session. */
function prepareCommand(command: Command, { io }: Session): void {
	command.exitOverride().configureOutput({
		writeOut: io.stdout,
		writeErr: () => undefined,
		getOutHelpWidth: () => io.columns,
		getErrHelpWidth: () => io.columns,
	});
}
