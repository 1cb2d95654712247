import { z } from "zod";

/** A name that we give: of a node, an environment, a certificate. */
export const name = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*$/,
    "expected lower-case letters, digits and hyphens, as mini1; write it with these alone",
  );

const label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

/** What a node calls itself. */
export const hostName = z
  .string()
  .regex(
    new RegExp(`^${label}$`),
    "expected a name of letters, digits and dashes, as mini1; write it with these alone",
  );

/** A name for an address, with or without dots. */
export const dottedName = z
  .string()
  .regex(
    new RegExp(`^${label}(?:\\.${label})*$`),
    "expected a name of letters, digits and dashes, with dots between, as mini1.rack; write it with these alone",
  );

/** Of a user or a group on a node. */
export const accountName = z
  .string()
  .regex(
    /^[a-z_][a-z0-9_-]{0,30}$/,
    "expected lower-case letters, digits, _ and -, as ada; write it with these alone",
  );

/** Whom we log in as: whatever the node calls them, but one word, as it stands in `user:group` and in a unit of systemd. */
export const loginName = z
  .string()
  .regex(
    /^[^-\s:/][^\s:/]*$/,
    "expected the name of one user, as ada; write it without spaces, colons and slashes",
  );

export const absolutePath = z.string().startsWith("/", "expected an absolute path; begin it with /");
