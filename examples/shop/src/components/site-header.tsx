import Link from 'next/link';
import { readVisitor } from '../security/visitor.ts';

export async function SiteHeader() {
	const { account, token, isUnknown } = await readVisitor();
	return (
		<header className="site-header">
			<div className="bar">
				<Link href="/" className="brand">
					<svg viewBox="0 0 32 32" aria-hidden="true">
						<path d="M9 6v12a7 7 0 0 0 14 0v-3a4 4 0 0 0-8 0v11" />
					</svg>
					<span className="brand-name">Bight &amp; Cleat</span>
				</Link>
				<nav aria-label="Main">
					<Link href="/products">Products</Link>
					{isUnknown ? null : account === null ? (
						<Link href="/sign-in">Sign in</Link>
					) : (
						<>
							<Link href="/orders">Orders</Link>
							<form method="post" action="/sign-out">
								<input type="hidden" name="csrf_token" value={token ?? ''} />
								<button type="submit" className="link-button" title={`Signed in as ${account.email}`}>
									Sign out
								</button>
							</form>
						</>
					)}
				</nav>
			</div>
		</header>
	);
}
