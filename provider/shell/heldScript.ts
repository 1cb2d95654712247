/**
 * A script that may begin `hold_lifeline`: its sender holds stdin open, which the lifeline reads as fd 9. It runs when it has
 * arrived whole. Its last line ends the shell as well: what the shell has not read by then the lifeline may have.
 * @param definitions functions that the body uses
 */
export function heldScript(definitions: string, body: string): string {
  return `${definitions}\nmain() {\n${body}\n}\nmain 9<&0 </dev/null; exit\n`;
}
