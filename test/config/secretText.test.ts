import { expect, test } from "vitest";
import { secretText, withSecrets } from "../../config/secretText.ts";

test("a text with secrets takes them in their order, and says where it is", () => {
  const text = secretText`user ${{ file: "name" }} password ${{ config: "password" }}\n`;
  const value = { "/etc/rc": { content: text, mode: "0600" }, plain: ["kept"] };
  const places: string[][] = [];
  const resolved = withSecrets(value, ({ references, render }, path) => {
    places.push(path);
    return render(references.map((one) => ("file" in one ? one.file : one.config)));
  });
  expect(resolved).toEqual({
    "/etc/rc": { content: "user name password password\n", mode: "0600" },
    plain: ["kept"],
  });
  expect(places).toEqual([["/etc/rc", "content"]]);
});
