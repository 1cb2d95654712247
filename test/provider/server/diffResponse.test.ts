import { expect, test } from "vitest";
import { diffResponse } from "../../../provider/server/diffResponse.ts";

test("nothing is replaced where a resource does not say so", () => {
  const response = diffResponse({}, { size: 1 }, { size: 2 });
  expect(response.getDiffsList()).toEqual(["size"]);
  expect(response.getReplacesList()).toEqual([]);
});

test("what takes another resource in place of this one is told by its property", () => {
  const resource = { replaces: (property: string) => property === "image" };
  const response = diffResponse(resource, { image: { id: "a" }, size: 1 }, { image: { id: "b" }, size: 2 });
  expect(response.getDiffsList()).toEqual(["image", "size"]);
  expect(response.getReplacesList()).toEqual(["image"]);
});

test("what a resource does not count is no difference", () => {
  const resource = { comparable: ({ noise: _, ...rest }: { noise?: number }) => rest };
  expect(diffResponse(resource, { noise: 1 }, { noise: 2 }).getDiffsList()).toEqual([]);
});

test("one that is replaced goes first, unless two can be at once", () => {
  expect(diffResponse({}, {}, {}).getDeletebeforereplace()).toBe(true);
  expect(diffResponse({ canBeTwice: true }, {}, {}).getDeletebeforereplace()).toBe(false);
});
