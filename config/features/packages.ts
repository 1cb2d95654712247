import { z } from "zod";
import { feature, installed } from "./feature.ts";

export const packages = feature({
  key: "packages",
  rule: z
    .array(
      z
        .string()
        .regex(
          /^[a-z0-9][a-z0-9+.-]+$/,
          "expected the name of a Debian package, as tmux; write the name alone",
        ),
    )
    .describe("Debian packages"),
  settings: (names) => ({ packages: installed(...names) }),
});
