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

/** Where a node answers: ssh's configuration, and whoever types it, must not read it as anything else. */
export const hostAddress = z
  .string()
  .regex(
    /^[\p{L}\p{N}_:][\p{L}\p{N}_.:%-]*$/u,
    "expected a name or an address of letters, digits and . : _ - %, as mini1.local; write it so",
  );

/** Of a user who is on a node: dots, capitals and @ as well. What a shell, passwd or systemd would read otherwise is none. */
export const userName = z
  .string()
  .regex(
    /^(?!\d+$|\.{1,2}$)[A-Za-z0-9_.][A-Za-z0-9_.@+-]{0,254}$/,
    "expected a user's name of letters, digits and . _ - @ +, as ada or ada.l; write it so",
  );

/** Of a user or a group that we make on a node. */
export const accountName = z
  .string()
  .regex(
    /^[a-z_][a-z0-9_-]{0,30}$/,
    "expected lower-case letters, digits, _ and -, as ada; write it with these alone",
  );

export const absolutePath = z.string().startsWith("/", "expected an absolute path; begin it with /");

/** Of a key on the controller, which ssh's configuration has between quotes. */
export const keyFile = z
  .string()
  .regex(
    /^[^\p{Cc}"]+$/u,
    "expected a path without quotes and control characters; give the key another name",
  );
