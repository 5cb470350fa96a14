import { expect, it } from 'vitest';
import { readSignInForm } from './read-form.ts';

const read = (html: string) => readSignInForm(html, 'https://shop.example/sign-in?next=/a');

it('reads action, method, fields and what is sent as it is', () => {
	expect(
		read(`<form action="/search"><input name="q"></form>
<form method="POST" action="/api/session"><input type=hidden name=csrf_token value=t><input type=hidden name=next value="/orders">
<input name=email type=email><input name=password type=password><input type=checkbox name=stay checked><button name=do value=in>Go</button></form>`),
	).toEqual({
		action: 'https://shop.example/api/session',
		method: 'POST',
		encoding: 'urlencoded',
		fields: [
			['csrf_token', 't'],
			['next', '/orders'],
			['stay', 'on'],
			['do', 'in'],
		],
		userField: 'email',
		passwordField: 'password',
		csrfField: 'csrf_token',
	});
});

it('sends to the page itself without an action, and leaves forms to register alone', () => {
	expect(read('<form method=post><input name=login><input type=password name=p></form>')).toMatchObject({
		action: 'https://shop.example/sign-in?next=/a',
		userField: 'login',
		csrfField: null,
	});
	expect(read('<form><input name=a><input type=password name=p><input type=password name=p2></form>')).toBeNull();
	expect(read('<h1>Sign in</h1>')).toBeNull();
});
