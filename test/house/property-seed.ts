import fc from 'fast-check';

/**
 * Property tests draw the same cases in every run, so that a red run is red for everybody and a green one stays green.
 * To look further: `FC_SEED=4711 npm run test:run`. What that finds becomes a case of its own.
 */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_123) });
