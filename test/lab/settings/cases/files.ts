import type { LabCase } from "../labCase.ts";

/** A file's mode is changed; the other has all that a shell could trip over. One folder is new, one is not. */
export const labCase: LabCase = {
  declared: {
    files: {
      "/etc/motd": { content: "This node is part of a minirack cluster.\n" },
      "/srv/minirack/notes/readme.txt": { content: "quotes ' and \" and $HOME, ünïcode\n", mode: "0640" },
    },
    folders: { "/srv/feed": { mode: "2770", owner: "root:adm" }, "/opt": { mode: "0711" } },
  },
  drift: {
    script: "chmod 600 /etc/motd",
    told: 'files["/etc/motd"].mode',
  },
};
