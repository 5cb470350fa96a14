import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { Notice } from '../../components/notice.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { localPath } from '../../http/local-path.ts';
import { readVisitor } from '../../security/visitor.ts';

export const metadata: Metadata = { title: 'Sign in' };

interface Props {
	searchParams: Promise<{ next?: string | string[]; problem?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: Props) {
	const { next, problem } = await searchParams;
	const goal = localPath(typeof next === 'string' ? next : undefined, '/orders');
	const { account, token, isUnknown } = await readVisitor();
	if (account !== null) redirect(goal);
	return (
		<section className="narrow">
			<h1>Sign in</h1>
			{isUnknown && (
				<Notice tone="bad">The shop cannot read accounts at the moment. Signing in may fail; try again in a few minutes.</Notice>
			)}
			{problem === 'wrong' && <Notice tone="bad">E-mail address or password is wrong.</Notice>}
			<form method="post" action="/api/session" className="panel">
				<input type="hidden" name="csrf_token" value={token ?? ''} />
				<input type="hidden" name="next" value={goal} />
				<div className="field">
					<label htmlFor="email">E-mail address</label>
					<input id="email" name="email" type="email" autoComplete="username" required maxLength={254} />
				</div>
				<PasswordField />
				<button type="submit" className="button">
					Sign in
				</button>
			</form>
			<p>
				New here? <Link href={`/register?next=${encodeURIComponent(goal)}`}>Make an account</Link>
			</p>
			<p className="quiet">The demo account and its password are printed when the shop is started.</p>
		</section>
	);
}
