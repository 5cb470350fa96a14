/** Contacts of each service's runbook, by service. */

import { resolve } from 'node:path';
import { findNearestName } from '@holdfast/runbook/nearest-name';
import type { LoadedConfig } from '../config/load-config.ts';
import { splitContact } from '../notify/contact-route.ts';
import { findContactAddress, type KnownContact, listContacts } from '../notify/contacts.ts';
import type { SourceProblem } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import { loadRunbook } from '../runbook/load-runbook.ts';

export interface ServiceContacts {
	readonly service: string;
	/** The runbook, as people know the file. */
	readonly runbook: string;
	readonly contacts: readonly KnownContact[];
}

/** @throws OperationError when a runbook cannot be read */
export async function openContacts(
	ctx: OperationContext,
	{ config, directory }: Pick<LoadedConfig, 'config' | 'directory'>,
): Promise<readonly ServiceContacts[]> {
	const found: ServiceContacts[] = [];
	for (const [service, { runbook }] of Object.entries(config.services)) {
		if (runbook === undefined) continue;
		const loaded = await loadRunbook(ctx, resolve(directory, runbook));
		found.push({ service, runbook: loaded.file.shownPath, contacts: listContacts(loaded.runbook) });
	}
	return found;
}

/** The service's own runbook first: of several that name somebody so, it knows best. */
export function addressIn(all: readonly ServiceContacts[], service: string, contact: string): string | null {
	const own = all.filter((one) => one.service === service);
	return [...own, ...all].map(({ contacts }) => findContactAddress(contacts, contact)).find((address) => address !== null) ?? null;
}

/** Routes to contacts that nobody could be reached by. */
export function judgeContactRoutes(
	{ config, file }: Pick<LoadedConfig, 'config' | 'file'>,
	all: readonly ServiceContacts[],
): readonly SourceProblem[] {
	const names = all.flatMap(({ contacts }) => contacts.filter(({ emails }) => emails.length > 0).map(({ name }) => name));
	const hasMail = Object.values(config.channels ?? {}).some(({ kind }) => kind === 'email');
	return (config.notify ?? []).flatMap(({ to }, index) =>
		to.flatMap((name): readonly SourceProblem[] => {
			const contact = splitContact(name);
			if (contact === null) return [];
			const at = { file: file.shownPath, line: null, column: null };
			if (!hasMail)
				return [{ ...at, message: `notify[${index}].to: ${name} needs a channel of kind email`, hint: 'Add one under channels.' }];
			if (addressIn(all, '', contact) !== null) return [];
			const nearest = findNearestName(contact, names);
			const hint = nearest === null ? 'Give the contact an e-mail address in the runbook.' : `Did you mean contact:${nearest}?`;
			return [{ ...at, message: `notify[${index}].to: no runbook has an e-mail address for the contact ${contact}`, hint }];
		}),
	);
}
