'use client';

import { useState } from 'react';

interface Props {
	purpose?: 'sign-in' | 'register';
	minLength?: number;
	/** What was typed before was refused. */
	isWrong?: true | undefined;
}

/** A password field that can be looked at. */
export function PasswordField({ purpose = 'sign-in', minLength, isWrong }: Props) {
	const [isShown, setShown] = useState(false);
	return (
		<div className="field">
			<label htmlFor="password">Password</label>
			<div className="with-button">
				<input
					id="password"
					name="password"
					type={isShown ? 'text' : 'password'}
					autoComplete={purpose === 'sign-in' ? 'current-password' : 'new-password'}
					minLength={minLength}
					aria-describedby={minLength === undefined ? undefined : 'password-hint'}
					aria-invalid={isWrong}
					required
					maxLength={1024}
				/>
				<button type="button" className="inside-button" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
					{isShown ? 'Hide' : 'Show'}
				</button>
			</div>
			{minLength !== undefined && (
				<p id="password-hint" className="quiet hint">
					At least {minLength} characters. A sentence is fine.
				</p>
			)}
		</div>
	);
}
