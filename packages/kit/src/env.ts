/** Declared environment: kinds, typed values, every problem at once, and a report without values. */
export {
	defineEnv,
	type Env,
	type EnvOptions,
	type EnvProblem,
	type EnvSchema,
	type EnvValues,
	type EnvWarning,
} from './env/define-env.ts';
export { boolean, integer, oneOf, secret, string, url, type Variable } from './env/kinds.ts';
