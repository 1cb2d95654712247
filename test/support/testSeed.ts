/** What random tests start from: the same in every run, unless MINIRACK_TEST_SEED says another or `npm run test:long` draws one. */
export const testSeed = Number(process.env.MINIRACK_TEST_SEED ?? 1);
