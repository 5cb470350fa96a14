/** Finds the form of a page by which people sign in: the first that has a password field. Pure. */
import { Parser } from 'htmlparser2';

export interface SignInForm {
	/** Absolute. */
	readonly action: string;
	readonly method: 'POST' | 'GET';
	readonly encoding: 'urlencoded' | 'multipart';
	/** Names and values that the browser would send as they are: hidden fields, checked boxes, the submit button. */
	readonly fields: readonly (readonly [string, string])[];
	/** Name of the field for the address or user name. */
	readonly userField: string;
	readonly passwordField: string;
	/** Name of a hidden field for a CSRF token, filled or not; null when there is none. */
	readonly csrfField: string | null;
}

interface Input {
	readonly name: string;
	readonly type: string;
	readonly value: string;
	readonly checked: boolean;
	readonly autocomplete: string;
}

interface Open {
	readonly action: string;
	readonly method: string;
	readonly enctype: string;
	readonly inputs: Input[];
}

/** @param url of the page. @returns null when no form of the page has both a password field and one for a name. */
export function readSignInForm(html: string, url: string): SignInForm | null {
	const forms: Open[] = [];
	let open: Open | null = null;
	const parser = new Parser({
		onopentag: (name, attributes) => {
			if (name === 'form') {
				open = {
					action: attributes.action ?? '',
					method: (attributes.method ?? 'get').toLowerCase(),
					enctype: (attributes.enctype ?? '').toLowerCase(),
					inputs: [],
				};
				forms.push(open);
				return;
			}
			if (open === null || (name !== 'input' && name !== 'button') || (attributes.name ?? '') === '' || 'disabled' in attributes) return;
			open.inputs.push({
				name: attributes.name ?? '',
				type: (attributes.type ?? (name === 'button' ? 'submit' : 'text')).toLowerCase(),
				value: attributes.value ?? '',
				checked: 'checked' in attributes,
				autocomplete: (attributes.autocomplete ?? '').toLowerCase(),
			});
		},
		onclosetag: (name) => {
			if (name === 'form') open = null;
		},
	});
	parser.write(html);
	parser.end();
	for (const form of forms) {
		const read = describe(form, url);
		if (read !== null) return read;
	}
	return null;
}

/** Whether the page asks for a password: a sign-in form, or one to register. */
export function asksForPassword(html: string): boolean {
	return /<input\b[^>]{0,500}\btype\s*=\s*["']?password/i.test(html);
}

function describe({ action, method, enctype, inputs }: Open, url: string): SignInForm | null {
	const passwords = inputs.filter(({ type }) => type === 'password');
	const [password] = passwords;
	// Two of them are a form to register or to change the password.
	if (password === undefined || passwords.length > 1 || password.autocomplete === 'new-password') return null;
	const typed = inputs.filter(({ type }) => type === 'text' || type === 'email' || type === 'tel' || type === '');
	const user =
		typed.find(({ type, autocomplete }) => type === 'email' || autocomplete.includes('username') || autocomplete.includes('email')) ??
		typed.find(({ name }) => /mail|user|login|account|name/i.test(name)) ??
		typed[0];
	if (user === undefined || (action !== '' && !URL.canParse(action, url))) return null;
	const target = new URL(action === '' ? url : action, url);
	target.hash = '';
	const kept: (readonly [string, string])[] = [];
	let submitted = false;
	for (const input of inputs) {
		if (input === user || input === password) continue;
		if (input.type === 'submit') {
			if (!submitted) kept.push([input.name, input.value]);
			submitted = true;
		} else if (input.type === 'checkbox' || input.type === 'radio') {
			if (input.checked) kept.push([input.name, input.value === '' ? 'on' : input.value]);
		} else if (input.type === 'hidden' || typed.includes(input)) kept.push([input.name, input.value]);
	}
	const csrf = inputs.find(({ name, type }) => type === 'hidden' && /csrf|xsrf|authenticity|requestverification/i.test(name));
	return {
		action: target.href,
		method: method === 'post' ? 'POST' : 'GET',
		encoding: enctype.includes('multipart') ? 'multipart' : 'urlencoded',
		fields: kept,
		userField: user.name,
		passwordField: password.name,
		csrfField: csrf?.name ?? null,
	};
}
