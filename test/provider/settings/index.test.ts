import { expect, test } from "vitest";
import { settings } from "../../../provider/settings/index.ts";

test("settings stand in an order in which they can be made: each after those that it needs", () => {
  const keys = settings.map(({ key }) => key);
  const isBefore = (one: string, other: string) => keys.indexOf(one) < keys.indexOf(other);
  const wrong = settings.flatMap(({ key, after = [] }) =>
    after.filter((one) => !keys.includes(one) || !isBefore(one, key)).map((one) => `${key} after ${one}`),
  );
  expect(wrong).toEqual([]);
});
