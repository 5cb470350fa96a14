import { expect, it } from 'vitest';
import { readBuild } from './read-build.ts';

const next = (path: string) => (path.endsWith('/.next/BUILD_ID') ? 'from-next\n' : null);

it('takes the id from the option, else the environment, else the folder of the build', () => {
	expect(readBuild({ id: 'a' }, { HOLDFAST_RELEASE: 'b' }, next).id).toBe('a');
	expect(readBuild({}, { HOLDFAST_RELEASE: 'b' }, next).id).toBe('b');
	expect(readBuild({}, { HOLDFAST_RELEASE: '' }, next).id).toBe('from-next');
	expect(readBuild({}, {}, () => null).id).toBeNull();
});

it('takes the commit from the variable of the platform', () => expect(readBuild({}, { GITHUB_SHA: 'c0ffee' }, next).commit).toBe('c0ffee'));
