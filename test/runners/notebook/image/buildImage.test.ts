import { expect, test } from "vitest";
import { buildFailed } from "../../../../runners/notebook/image/buildImage.ts";

test("what pip said is told without its colours, with the remedy for it", () => {
  const said =
    "Step 6/12\n\u001b[91mERROR: Could not find a version that satisfies the requirement toolz==99\n\u001b[0m";
  expect(buildFailed(said).message).toBe(
    "image: expected docker build to succeed, got:\nERROR: Could not find a version that satisfies the requirement toolz==99\ncorrect requirements.txt",
  );
});

test("where a kernel does not fit beside the project's packages, its own need is said", () => {
  const said =
    "ERROR: Cannot install ipykernel>=6.20 because these package versions have conflicting dependencies.";
  expect(buildFailed(said).message).toMatch(
    /\ncorrect requirements\.txt: a notebook needs ipykernel>=6\.20,<8 beside it$/,
  );
});

test("a package index out of reach is no fault of requirements.txt", () => {
  const said =
    "WARNING: Retrying after connection broken by 'NewConnectionError(...: Temporary failure in name resolution')'\nERROR: No matching distribution found for six";
  expect(buildFailed(said).message).toMatch(
    /\nlet this computer's containers reach the package index, and run again$/,
  );
});

test("a base image without Python is named", () => {
  const said =
    "Step 6\n\u001b[91mERROR: base image: expected one with Python, got none; name another one as notebook.baseImage in the cluster file\n\u001b[0m";
  expect(buildFailed(said).message).toBe(
    "base image: expected one with Python, got none; name another one as notebook.baseImage in the cluster file",
  );
});

test("what is none of pip's is Docker's", () => {
  expect(buildFailed("Error response from daemon: no space left on device").message).toMatch(
    /\nlook at Docker: docker info$/,
  );
});
