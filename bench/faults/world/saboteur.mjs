/** What goes wrong with a release, its process and its machine: files changed or lost, bad dependencies, a full disk. */
import { spawnSync } from 'node:child_process';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { changeFile, findFiles } from './release.mjs';

/** @param {import('./world.d.ts').BaseWorld} world */
export function createSaboteur(world) {
	const { undo } = world;
	const next = join(world.release, '.next');

	/** @param {string} source of a script that the process loads first @param {{ heapMb?: number, openFiles?: number }} [limits] */
	const preload = async (source, { heapMb, openFiles } = {}) => {
		const file = join(world.folder, 'bad-dependency.cjs');
		await writeFile(file, source);
		const options = [`--require=${file}`, ...(heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`])];
		await world.restartApp({ NODE_OPTIONS: options.join(' ') });
		const pid = world.shop.shop()?.pid;
		if (openFiles !== undefined && pid !== undefined) limitOpenFiles(pid, openFiles);
		// A bad dependency needs a moment to do its harm.
		await new Promise((resolve) => setTimeout(resolve, 2500));
	};

	return {
		preload,
		/** A script or style that the page at `/` asks for, the largest that fits. @param {RegExp} name @returns {Promise<string>} */
		findStaticFile: async (name) => {
			const page = await fetch(`http://127.0.0.1:${world.shop.ports.shop}/`).then((response) => response.text());
			const found = findFiles(join(next, 'static'), name).find((file) => page.includes(basename(file)));
			if (found === undefined) throw new Error(`the page asks for no static file that fits ${name}`);
			return found;
		},
		/** @param {string} file @param {(bytes: Buffer) => Buffer | null} change */
		editRelease: async (file, change) => {
			undo(await changeFile(file, change));
			// Next lists the static files once, when it starts.
			await world.restartApp({});
		},
		/** @param {string} path from the release's folder */
		emptyFolder: async (path) => {
			const from = join(world.release, path);
			const aside = join(world.folder, 'removed');
			await rename(from, aside);
			await mkdir(from);
			undo(async () => {
				await rm(from, { recursive: true });
				await rename(aside, from);
			});
			await world.restartApp({});
		},
		/** Code at the beginning of the root layout's compiled chunk, as a bad build would have it. @param {string} code */
		breakServerCode: async (code) => {
			const files = findFiles(join(next, 'server'), /\.js$/).filter((file) => /layout|app[\\/]page|ssr/.test(file));
			let broken = 0;
			for (const file of files) {
				undo(
					await changeFile(file, (bytes) => {
						const text = bytes.toString('utf8');
						const changed = text.replace(/(Bight (?:&|&amp;|\\u0026) Cleat)/g, (all) => all);
						if (!/RootLayout|function \w+\(\{children:/.test(changed)) return bytes;
						const cut = changed.replace(/(async )?function (\w+)\(\{children:(\w+)\}\)\{/g, (all) => {
							broken += 1;
							return `${all}${code}`;
						});
						return Buffer.from(cut);
					}),
				);
			}
			if (broken === 0) throw new Error('the layout was not found in the compiled code');
			await world.restartApp({});
		},
		/** Another build's files take the place of those that the running process has read already. */
		replaceBuildUnderneath: async () => {
			const page = await fetch(`http://127.0.0.1:${world.shop.ports.shop}/`).then((response) => response.text());
			const script = findFiles(join(next, 'static'), /\.js$/).find((file) => page.includes(basename(file)));
			if (script === undefined) throw new Error('the page asks for no script');
			// The names of scripts are made of what is in them: the new build has this one under another name.
			const renamed = join(dirname(script), `${basename(script, '.js').split('').reverse().join('')}.js`);
			await rename(script, renamed);
			undo(() => rename(renamed, script));
			undo(await changeFile(join(next, 'BUILD_ID'), (bytes) => Buffer.from(bytes.toString('utf8').split('').reverse().join(''))));
		},
		/** The application runs from a file system that has no room left. Root only. */
		runOnFullDisk: async () => {
			const disk = join(world.folder, 'full-disk');
			await mkdir(disk, { recursive: true });
			run('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]);
			undo(async () => {
				await world.restartApp({ NODE_OPTIONS: null });
				run('umount', [disk]);
				await rm(disk, { recursive: true, force: true });
			});
			await writeFile(join(disk, 'filler'), Buffer.alloc(4 * 1024 * 1024 - 8192)).catch(() => {});
			await preload(`process.chdir(${JSON.stringify(disk)});`);
		},
	};
}

/** @param {number} pid @param {number} count */
function limitOpenFiles(pid, count) {
	run('prlimit', ['--pid', String(pid), `--nofile=${count}:${count}`]);
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
	const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
	if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
}
