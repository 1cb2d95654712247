import { z } from "zod";

/** A name that we give: of a node, an environment, a certificate. */
export const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, "expected lower-case letters, digits and hyphens, as mini1");

export const absolutePath = z.string().startsWith("/", "expected an absolute path");
