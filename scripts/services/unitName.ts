const endings = /\.(service|socket|timer|target|path|mount|automount|swap|slice|scope|device)$/;

/**
 * A unit as systemd names it: `redis-server` is `redis-server.service`.
 * @throws Error for what can be no unit's name
 */
export function unitName(typed: string): string {
  if (!/^[A-Za-z0-9:_.@\\][A-Za-z0-9:_.@\\-]*$/.test(typed)) {
    throw new Error(`expected a unit's name, as redis-server, got ${JSON.stringify(typed)}; correct it`);
  }
  return endings.test(typed) ? typed : `${typed}.service`;
}
