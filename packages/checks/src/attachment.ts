/** A file that proves something: a screenshot, a HAR. Kept apart from the observation's JSON, where only its name and size stand. */
export class Attachment {
	readonly name: string;
	/** `image/png`, `application/json`. */
	readonly mediaType: string;
	readonly content: Uint8Array;

	constructor(name: string, mediaType: string, content: Uint8Array) {
		this.name = name;
		this.mediaType = mediaType;
		this.content = content;
	}

	toJSON(): { readonly name: string; readonly mediaType: string; readonly sizeBytes: number } {
		return { name: this.name, mediaType: this.mediaType, sizeBytes: this.content.byteLength };
	}
}
