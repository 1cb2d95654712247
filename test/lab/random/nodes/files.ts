import fc from "fast-check";
import { atPath, type RandomNode, together } from "./preState.ts";

const text = fc.oneof(
  fc.constantFrom("x\n", "", "quotes ' \" and $HOME %n\n", "ü ä €\n", "no end"),
  fc.string({ unit: "grapheme", maxLength: 80 }).filter((one) => !/[\0\u{d800}-\u{dfff}]/u.test(one)),
);

const filePaths = [
  "/etc/rnd.conf",
  "/srv/rnd/deep/x.txt",
  "/home/rack/rnd.txt",
  "/usr/local/etc/with space.conf",
];

/** Text files, where anything may lie already. */
export const files = fc
  .uniqueArray(fc.constantFrom(...filePaths), { minLength: 1, maxLength: 3 })
  .chain((paths) =>
    fc
      .record({
        before: fc.tuple(...paths.map(atPath)),
        entries: fc.tuple(
          ...paths.map(() => fc.record({ content: text, mode: fc.constantFrom("0644", "0600", "0755") })),
        ),
      })
      .map(({ before, entries }): RandomNode => {
        const wanted = paths.map((path, index) => [path, { ...entries[index], owner: ownerFor(path) }]);
        return { ...together(before), cluster: { files: Object.fromEntries(wanted) } };
      }),
  );

/** Who owns what is wanted in somebody's home: they do. */
function ownerFor(path: string): string {
  return path.startsWith("/home/rack/") ? "rack:rack" : "root:root";
}

export const folders = fc
  .record({
    path: fc.constantFrom("/srv/rndFolder", "/opt/rnd/inner"),
    mode: fc.constantFrom("0755", "2770", "0711"),
  })
  .chain(({ path, mode }) =>
    atPath(path).map((before): RandomNode => ({ ...before, cluster: { folders: { [path]: { mode } } } })),
  );

/** A program's own file under the name that a rotation of the cluster file has. */
export const logRotation = fc
  .record({ isThere: fc.boolean(), keep: fc.integer({ min: 1, max: 9 }) })
  .chain(({ isThere, keep }) => {
    const cluster = { logRotation: { rnd: { path: "/var/log/rnd/*.log", keep } } };
    const path = "/etc/logrotate.d/minirack-rnd";
    return isThere
      ? atPath(path).map((before): RandomNode => ({ ...before, cluster }))
      : fc.constant<RandomNode>({ prepare: ":", tidy: ":", cluster });
  });
