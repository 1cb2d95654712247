import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { exportLines } from "../../../scripts/pulumi/exportLines.ts";

describe("exportLines", () => {
  it.each(["plain", "two words", "it's", "$HOME `id` \\", 'a"b', "two\nlines", ""])(
    "survives eval: %j",
    async (value) => {
      const script = `${exportLines({ VALUE: value })}printf %s "$VALUE"`;
      const { stdout } = await execa("sh", ["-c", script], { stripFinalNewline: false });
      expect(stdout).toBe(value);
    },
  );
});
