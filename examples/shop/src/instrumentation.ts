/** Runs once when the server starts: says what is wrong with the environment, and seeds the data where there is none. */
export async function register(): Promise<void> {
	// oxlint-disable-next-line node/no-process-env -- set by Next, not by an operator
	if (process.env.NEXT_RUNTIME !== 'nodejs') return;
	const { environment } = await import('./environment.ts');
	const { logEvent } = await import('./log.ts');
	const { seedData } = await import('./data/seed.ts');
	for (const problem of environment.problems)
		logEvent('error', 'environment.invalid', { variable: problem.name, message: problem.message });
	for (const warning of environment.warnings)
		logEvent('warn', 'environment.suspicious', { variable: warning.name, message: warning.message });
	await seedData();
}
