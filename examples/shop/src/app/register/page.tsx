import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { Notice } from '../../components/notice.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { localPath } from '../../http/local-path.ts';
import { minPasswordLength, registrationProblems } from '../../security/registration.ts';
import { readVisitor } from '../../security/visitor.ts';

export const metadata: Metadata = { title: 'Make an account' };

interface Props {
	searchParams: Promise<{ next?: string | string[]; problem?: string | string[] }>;
}

export default async function RegisterPage({ searchParams }: Props) {
	const { next, problem } = await searchParams;
	const goal = localPath(typeof next === 'string' ? next : undefined, '/orders');
	const { account, token } = await readVisitor();
	if (account !== null) redirect(goal);
	const isWrong = (field: 'name' | 'email' | 'password'): true | undefined =>
		problem === field || (field === 'email' && problem === 'taken') || undefined;
	const sentence = Object.entries(registrationProblems).find(([code]) => code === problem)?.[1];
	return (
		<section className="narrow">
			<h1>Make an account</h1>
			{sentence !== undefined && <Notice tone="bad">{sentence}</Notice>}
			<form method="post" action="/api/register" className="panel">
				<input type="hidden" name="csrf_token" value={token ?? ''} />
				<input type="hidden" name="next" value={goal} />
				<div className="field">
					<label htmlFor="name">Name</label>
					<input id="name" name="name" type="text" autoComplete="name" required maxLength={80} aria-invalid={isWrong('name')} />
				</div>
				<div className="field">
					<label htmlFor="email">E-mail address</label>
					<input id="email" name="email" type="email" autoComplete="username" required maxLength={254} aria-invalid={isWrong('email')} />
				</div>
				<PasswordField purpose="register" minLength={minPasswordLength} isWrong={isWrong('password')} />
				<button type="submit" className="button">
					Make an account
				</button>
			</form>
			<p>
				You have one? <Link href={`/sign-in?next=${encodeURIComponent(goal)}`}>Sign in</Link>
			</p>
		</section>
	);
}
