'use client';

import { useState } from 'react';

/** A password field that can be looked at. */
export function PasswordField() {
	const [isShown, setShown] = useState(false);
	return (
		<div className="field">
			<label htmlFor="password">Password</label>
			<div className="with-button">
				<input
					id="password"
					name="password"
					type={isShown ? 'text' : 'password'}
					autoComplete="current-password"
					required
					maxLength={1024}
				/>
				<button type="button" className="inside-button" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
					{isShown ? 'Hide' : 'Show'}
				</button>
			</div>
		</div>
	);
}
