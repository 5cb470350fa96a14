import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideCauses, type FailingMember, type OpenIncident, type Situation } from './decide.ts';

const incident = (id: number, causeKey: string, more: Partial<OpenIncident> = {}): OpenIncident => ({
	id,
	causeKey,
	severity: 'major',
	explains: [],
	...more,
});
const member = (key: string, of: number | null, more: Partial<FailingMember> = {}): FailingMember => ({
	id: key.length * 100 + key.charCodeAt(key.length - 1),
	key,
	title: key,
	severity: 'major',
	incident: of,
	...more,
});
const root = (key: string, ...explains: string[]) => ({ key, message: `${key} is wrong`, explains: [key, ...explains] });
const one = { incident: incident(1, 'http.status'), root: root('convex.reachable', 'http.status', 'http.page') };

describe('decideCauses', () => {
	it('D1 leaves a root alone that no failing monitor speaks of', () => {
		expect(decideCauses({ incidents: [one.incident], failing: [member('tls.certificate', 1)], roots: [one.root] })).toEqual({
			assignments: [],
			merges: [],
		});
	});

	it('D2 and D3 give the root to the incident that is about it, else to the first that has a monitor of it', () => {
		const failing = [member('http.status', 1), member('http.page', 2)];
		const later = incident(2, 'convex.reachable');
		const about = (incidents: OpenIncident[]) => decideCauses({ incidents, failing, roots: [one.root] }).assignments[0]?.incident;
		expect(about([one.incident, later])).toBe(2);
		expect(about([one.incident, incident(2, 'http.page')])).toBe(1);
	});

	it('D4 gives two faults that began at once an incident each, and says what is a fault of its own', () => {
		const failing = [member('http.status', 1), member('env.secret', 1, { severity: 'critical' })];
		const { assignments } = decideCauses({ incidents: [one.incident], failing, roots: [root('env.secret'), one.root] });
		expect(assignments.map(({ incident: id, severity, isNews }) => ({ id, severity, isNews }))).toEqual([
			{ id: 1, severity: 'critical', isNews: true },
			{ id: null, severity: 'major', isNews: false },
		]);
		expect(assignments[1]?.moved.map(({ key }) => key)).toEqual(['http.status']);
		expect(assignments[1]?.reason).toContain('a fault of its own');
	});

	it('D5 merges an incident whose monitors all belong to the root of another', () => {
		const failing = [member('http.status', 1), member('http.page', 2)];
		const { merges } = decideCauses({ incidents: [one.incident, incident(2, 'http.page')], failing, roots: [one.root] });
		expect(merges).toEqual([{ incident: 2, into: 0, reason: expect.stringContaining('convex.reachable is wrong') }]);
	});

	it('D6 leaves what the diagnosis did not explain as it is', () => {
		const failing = [member('http.status', 1), member('http.page', 2), member('tls.certificate', 2)];
		expect(decideCauses({ incidents: [one.incident, incident(2, 'http.page')], failing, roots: [one.root] }).merges).toEqual([]);
	});

	it('tells the same cause once', () => {
		const known = incident(1, 'convex.reachable', { explains: one.root.explains });
		const plan = decideCauses({ incidents: [known], failing: [member('http.status', 1)], roots: [one.root] });
		expect(plan.assignments[0]?.isNews).toBe(false);
		const first = decideCauses({ incidents: [incident(1, 'convex.reachable')], failing: [member('http.status', 1)], roots: [one.root] });
		expect(first.assignments[0]?.isNews).toBe(true);
	});

	it('leaves every failing monitor in at most one incident, and none that had one without', () => {
		const keys = ['a', 'b', 'c', 'd', 'e'];
		const situations: fc.Arbitrary<Situation> = fc
			.record({
				of: fc.array(fc.constantFrom(null, 1, 2, 3), { minLength: 5, maxLength: 5 }),
				explained: fc.uniqueArray(fc.record({ key: fc.constantFrom(...keys), explains: fc.subarray(keys) }), {
					selector: ({ key }) => key,
				}),
			})
			.map(({ of, explained }) => ({
				incidents: [1, 2, 3].map((id) => incident(id, keys[id] ?? '')),
				failing: keys.map((key, index) => member(key, of[index] ?? null)),
				roots: explained.map(({ key, explains }) => root(key, ...explains)),
			}));
		fc.assert(
			fc.property(situations, (situation) => {
				const { assignments, merges } = decideCauses(situation);
				const moved = assignments.flatMap((assignment) => assignment.moved);
				expect(new Set(moved).size).toBe(moved.length);
				const homes = assignments.flatMap(({ incident: id }) => (id === null ? [] : [id]));
				expect(new Set(homes).size).toBe(homes.length);
				for (const { incident: id } of merges) {
					expect(homes).not.toContain(id);
					for (const each of situation.failing.filter((failing) => failing.incident === id)) expect(moved).toContain(each);
				}
			}),
		);
	});
});
