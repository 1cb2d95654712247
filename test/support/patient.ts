/** How long a test waits for what must happen: as long as the slowest computer may need. */
export const patient = { timeout: 5 * 60_000, interval: 50 };
