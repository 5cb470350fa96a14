/**
 * Packages with a binary name one optional package for each platform, with an exact version. A registry mirror may not hold those of
 * other platforms; `npm install` then leaves them out of the lock file, and `npm ci` refuses that lock file as out of step (seen with
 * npm 11.19). The entry of an optional package needs no more than its version and the platforms it is for: where the platform is
 * another one, npm never asks for it.
 *
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[], optionalDependencies?: Record<string, string> }} Entry
 * @typedef {{ packages: Record<string, Entry> }} Lock
 */

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const EXACT = /^\d+\.\d+\.\d+[\w.+-]*$/;

/**
 * @param {Lock} lock Contents of package-lock.json.
 * @returns {Map<string, Entry>} Place → entry of each platform's package that is named but absent.
 */
export function findAbsentPlatforms(lock) {
	/** @type {Map<string, Entry>} */
	const absent = new Map();
	for (const [place, parent] of Object.entries(lock.packages)) {
		if (!place.includes('node_modules/')) continue;
		for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
			const target = `node_modules/${name}`;
			if (!EXACT.test(version) || lock.packages[target] || lock.packages[`${place}/${target}`]) continue;
			const platform = readPlatform(name);
			if (platform === null) continue;
			absent.set(target, { version, ...platform, ...(parent.dev ? { dev: true } : {}), optional: true });
		}
	}
	return absent;
}

/**
 * @param {Lock} lock
 * @returns {Lock} The same with the absent ones, in npm's order; every other entry as it was.
 */
export function completeLock(lock) {
	const entries = [...Object.entries(lock.packages), ...findAbsentPlatforms(lock)];
	return { ...lock, packages: Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b, 'en'))) };
}

/**
 * @param {string} name `@scope/binding-linux-x64-musl`
 * @returns {{ os: string[], cpu: string[], libc?: string[] } | null} Null when the name does not say a system and a processor.
 */
export function readPlatform(name) {
	const words = name.split(/[/-]/);
	const os = words.find((word) => SYSTEMS.includes(word));
	const cpu = words.find((word) => PROCESSORS.includes(word));
	if (os === undefined || cpu === undefined) return null;
	const libc = os === 'linux' ? words.map((word) => /^(musl|gnu)/.exec(word)?.[1]).find(Boolean) : undefined;
	return { os: [os], cpu: [cpu], ...(libc ? { libc: [libc === 'gnu' ? 'glibc' : 'musl'] } : {}) };
}
