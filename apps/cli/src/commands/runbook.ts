import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { addRunbookBind } from './runbook-bind.ts';
import { addRunbookCoverage } from './runbook-coverage.ts';
import { addRunbookLint } from './runbook-lint.ts';
import { addRunbookShow } from './runbook-show.ts';
import { addRunbookUnbind } from './runbook-unbind.ts';

export function addRunbook(program: Command, session: Session): void {
	const runbook = program.command('runbook').description('read, measure and bind a runbook');
	addRunbookShow(runbook, session);
	addRunbookCoverage(runbook, session);
	addRunbookLint(runbook, session);
	addRunbookBind(runbook, session);
	addRunbookUnbind(runbook, session);
}
