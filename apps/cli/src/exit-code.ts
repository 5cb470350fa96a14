/**
 * 0 nothing failed and every issue asked about has at least one ok check · 1 something failed, or a lint is bad ·
 * 2 usage, configuration or document invalid · 3 nothing failed but something could not be told · 4 refused ·
 * 5 stopped, outcome unknown · 130 interrupted.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 130;

const precedence: readonly ExitCode[] = [130, 2, 5, 4, 1, 3, 0];

/** Of several that hold, the one that counts. */
export function pickExitCode(codes: readonly ExitCode[]): ExitCode {
	return precedence.find((code) => codes.includes(code)) ?? 0;
}
