import type { VendorVerdict } from './verdict.ts';

/** A file of a route's JavaScript. Sizes in bytes. */
export interface BuildFile {
	readonly file: string;
	readonly bytes: number;
	readonly gzipBytes: number;
}

export interface BuildRoute {
	/** `/products/[slug]`. */
	readonly route: string;
	/** First load: what a visitor's browser must have before the page works. */
	readonly bytes: number;
	readonly gzipBytes: number;
	/** Largest first. */
	readonly files: readonly BuildFile[];
}

/** The build of an application as it lies in its checkout or release folder. */
export interface ApplicationBuild {
	readonly id: string | null;
	/** ISO 8601. */
	readonly builtAt: string | null;
	/** `next 16.4.6`. */
	readonly framework: string | null;
	/** Named by the build's manifests and not on the disk; paths from the build folder, at most 50. */
	readonly missing: readonly string[];
	/** Files of 0 bytes that the manifests name. */
	readonly empty: readonly string[];
	/** Empty when this version of the framework writes nothing that tells. */
	readonly routes: readonly BuildRoute[];
}

export interface LogLine {
	/** ISO 8601; null when the line does not say. */
	readonly at: string | null;
	readonly level: 'error' | 'warn' | 'other';
	/** Redacted, at most 500 characters. */
	readonly text: string;
}

export interface LogTail {
	/** Oldest first. */
	readonly lines: readonly LogLine[];
	/** The file was longer than what is read of it. */
	readonly cut: boolean;
	/** When the file was last written, ISO 8601. */
	readonly writtenAt: string;
}

/** A variable of an environment file: measured where it lies, the value never leaves. */
export interface FileVariable {
	readonly name: string;
	/** Characters. */
	readonly length: number;
}

/** Who or what it was, without saying: the same mark is the same one, within one run of Holdfast. */
export interface MaskedSubject {
	/** First 8 characters of a keyed hash; the key is made anew by each process and is written nowhere. */
	readonly mark: string;
	/** Of an address its network: `203.0.113.0/24`; of an account nothing. */
	readonly shown: string | null;
}

export interface SecurityEvent {
	/** ISO 8601; null when the line does not say. */
	readonly at: string | null;
	readonly kind: 'signed-in' | 'sign-in-failed' | 'lockout' | 'admin';
	/** The application's own word for it, redacted: `sign-in.refused`. */
	readonly name: string;
	readonly account: MaskedSubject | null;
	readonly address: MaskedSubject | null;
	/** How many of its kind the line stands for. */
	readonly count: number;
}

export interface SecurityLog {
	/** Oldest first. */
	readonly events: readonly SecurityEvent[];
	/** Lines that are JSON objects; others are not looked at. */
	readonly lines: number;
	/** When the oldest line that was read was written, ISO 8601; null when no line says. The file may hold older ones that were not. */
	readonly since: string | null;
	/** The file was longer than what is read of it. */
	readonly cut: boolean;
}

/** Files of the application on this machine: its build, its log, its environment file. */
export interface ServerFilesPort {
	/** @param folder absolute path of the checkout or release. */
	readBuild(folder: string, signal: AbortSignal): Promise<VendorVerdict<ApplicationBuild>>;
	/** The last MiB of a log file of JSON or plain lines. @param path absolute. */
	readLog(path: string, signal: AbortSignal): Promise<VendorVerdict<LogTail>>;
	/** Sign-ins, lockouts and administration in the last MiB of a log file of JSON lines. @param path absolute. */
	readSecurityLog(path: string, signal: AbortSignal): Promise<VendorVerdict<SecurityLog>>;
	/** @param path absolute. */
	readEnvironmentFile(path: string, signal: AbortSignal): Promise<VendorVerdict<readonly FileVariable[]>>;
}
