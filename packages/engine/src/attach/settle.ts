/** What a diagnosis does to incidents, in the caller's transaction: the verdict attached, what is one made one, what is not parted. */
import type pg from 'pg';
import { type AuditEntry, ENGINE_ACTOR, recordAudit } from '../audit/record.ts';
import { absorbIncident } from '../incidents/absorb.ts';
import { isWorse } from '../incidents/decide.ts';
import { decideCause, type Fault, findSame } from '../incidents/decide-cause.ts';
import { addEntry, findOpen, insertIncident, raiseSeverity, setCause } from '../incidents/queries.ts';
import { type Incident, readIncident } from '../incidents/read.ts';
import { type AttachedDiagnosis, bare, type ConfirmedCause } from './attached-diagnosis.ts';
import { listOthers, listPlaced, moveMembers, readWorst, writeOutcome } from './queries.ts';
import { aboutFault, describeDiagnosis, listFaults, saysMore } from './words.ts';

export interface Settling {
	readonly incident: Incident;
	readonly diagnosis: AttachedDiagnosis;
	/** Why it was made. */
	readonly why: string;
	readonly now: number;
}

/** The caller holds the incidents of the service. @returns the cause, in words; null: none is confirmed */
export async function settleDiagnosis(client: pg.PoolClient, { incident, diagnosis, why, now }: Settling): Promise<string | null> {
	const isOpen = incident.state === 'open' || incident.state === 'acknowledged';
	const members = isOpen ? await listPlaced(client, incident.id) : [];
	const move = decideCause(members, listFaults(diagnosis));
	const confirmed = move.cause === null ? null : confirm(diagnosis, move.cause);
	const row = { diagnosis: aboutFault(diagnosis, move.cause), cause: confirmed };
	await writeOutcome(client, incident.id, { row, now });
	await recordAudit(client, now, [audit('incident.diagnose', incident.id, { why, cause: move.cause?.key ?? null })]);
	const isNews =
		isOpen && move.cause !== null && saysMore(diagnosis, move.cause, incident.cause) && !(await wasTold(client, incident.id, move.cause));
	const reason = isOpen ? move.reason : `it was ${incident.state} before its diagnosis ended`;
	await addEntry(client, now, {
		incidentId: incident.id,
		kind: 'diagnosis',
		actor: ENGINE_ACTOR,
		text: describeDiagnosis(diagnosis, move.cause, reason),
		detail: { why, cause: move.cause?.key ?? null, told: isNews },
		isToTell: isNews,
	});
	if (!isOpen || move.cause === null) return move.cause?.message ?? null;
	// Its own key first: a part may be about what it was about until now.
	const kept = await nameCause(client, { incident, fault: move.cause, now });
	if (kept.id !== incident.id) await writeOutcome(client, kept.id, { row, now });
	for (const part of move.parts) await partOff(client, { from: kept, part, diagnosis, now });
	return move.cause.message;
}

function confirm({ observations }: AttachedDiagnosis, { key, message, keys }: Fault): ConfirmedCause {
	const observation = observations.find((one) => one.key === key);
	return { key, message, keys, observation: observation === undefined ? null : bare(observation) };
}

async function wasTold(client: pg.PoolClient, incident: number, { key }: Fault): Promise<boolean> {
	const { rows } = await client.query<{ cause: string | null }>(
		"select detail ->> 'cause' as cause from incident_entry where incident_id = $1 and kind = 'diagnosis' and detail ->> 'told' = 'true' order by id desc limit 1",
		[incident],
	);
	return rows[0]?.cause === key;
}

/** The incident gets its cause; others about the same are made one with it, and the oldest of them stays. @returns the one that stays */
async function nameCause(
	client: pg.PoolClient,
	{ incident, fault, now }: { readonly incident: Incident; readonly fault: Fault; readonly now: number },
): Promise<Incident> {
	const same = findSame(fault, await listOthers(client, incident.service, incident.id));
	const all = [incident];
	for (const { id } of same) {
		const other = await readIncident(client, id, null);
		if (other !== null) all.push(other);
	}
	all.sort((a, b) => Date.parse(a.openedAt) - Date.parse(b.openedAt) || a.id - b.id);
	const [kept = incident, ...absorbed] = all;
	for (const from of absorbed) {
		const text = `incident ${from.id} has the same cause and is part of this one: ${fault.message}`;
		if (!(await absorbIncident(client, { from, into: kept }, { actor: ENGINE_ACTOR, now, text }))) continue;
		const own = `is part of incident ${kept.id}, which has the same cause: ${fault.message}`;
		await addEntry(client, now, { incidentId: from.id, kind: 'merged', actor: ENGINE_ACTOR, text: own });
		await recordAudit(client, now, [audit('incident.merge', from.id, { into: kept.id, cause: fault.key })]);
	}
	await setCause(client, kept.id, { key: fault.key, title: titleOfCause(fault) });
	return (await readIncident(client, kept.id, null)) ?? kept;
}

interface Parting {
	readonly from: Incident;
	readonly part: { readonly cause: Fault; readonly members: readonly number[]; readonly reason: string };
	readonly diagnosis: AttachedDiagnosis;
	readonly now: number;
}

async function partOff(client: pg.PoolClient, { from, part, diagnosis, now }: Parting): Promise<void> {
	const { cause, members, reason } = part;
	const severity = await readWorst(client, members);
	const there = await findOpen(client, from.service, cause.key);
	const id =
		there?.id ?? (await insertIncident(client, { service: from.service, title: titleOfCause(cause), severity, causeKey: cause.key, now }));
	if (id === null) throw new Error(`expected an incident of ${from.service} about ${cause.key}, open or new`);
	await moveMembers(client, { from: from.id, into: id, members });
	await addEntry(client, now, {
		incidentId: from.id,
		kind: 'split',
		actor: ENGINE_ACTOR,
		text: `incident ${id} is another: ${reason}`,
		detail: { incident: id, monitors: members },
	});
	if (there === null) {
		await addEntry(client, now, {
			incidentId: id,
			kind: 'opened',
			actor: ENGINE_ACTOR,
			text: `was taken for part of incident ${from.id}, and ${reason}`,
			isToTell: true,
		});
		await addEntry(client, now, { incidentId: id, kind: 'diagnosis', actor: ENGINE_ACTOR, text: describeDiagnosis(diagnosis, cause, '') });
		await writeOutcome(client, id, { row: { diagnosis: aboutFault(diagnosis, cause), cause: confirm(diagnosis, cause) }, now });
	} else {
		if (isWorse(severity, there.severity)) await raiseSeverity(client, id, severity);
		const text = `${members.length} ${members.length === 1 ? 'monitor' : 'monitors'} of incident ${from.id} ${members.length === 1 ? 'belongs' : 'belong'} here: ${cause.message}`;
		await addEntry(client, now, { incidentId: id, kind: 'split', actor: ENGINE_ACTOR, text });
	}
	await recordAudit(client, now, [audit('incident.split', from.id, { into: id, cause: cause.key, monitors: members })]);
}

/** As people say it, within what a subject line shows. */
function titleOfCause({ message }: Fault): string {
	const text = message.trim().replace(/\.$/, '');
	return text.length <= 160 ? text : `${text.slice(0, 159)}…`;
}

function audit(operation: string, incident: number, detail: Readonly<Record<string, unknown>>): AuditEntry {
	return { actor: ENGINE_ACTOR, operation, subject: `incident/${incident}`, detail };
}
