/**
 * Adds to package-lock.json the platforms' packages that the registry in use did not have, so that `npm ci` accepts it everywhere.
 * Run it after `npm install` has changed the lock file; test/lockfile.test.ts says when it is needed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeLock, findAbsentPlatforms } from './steps/lock-platforms.mjs';
import { root } from './steps/root.mjs';

const file = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const absent = findAbsentPlatforms(lock);
if (absent.size > 0) writeFileSync(file, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
console.log(absent.size === 0 ? 'package-lock.json is complete.' : `package-lock.json: ${absent.size} platforms' packages added.`);
