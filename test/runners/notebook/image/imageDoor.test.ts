import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { basicAuthorization } from "../../../../runners/notebook/image/dockerLogin.ts";
import { type ImageDoor, openImageDoor } from "../../../../runners/notebook/image/imageDoor.ts";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const [manifest, config, layer, other] = ["a", "c", "1", "f"].map(digest) as [string, string, string, string];
const repository = "minirack/notebook";
const path = (kind: "manifests" | "blobs", name: string) => `/v2/${repository}/${kind}/${name}`;
const contents: Record<string, string> = {
  [path("manifests", manifest)]: JSON.stringify({
    config: { digest: config, size: 2 },
    layers: [{ digest: layer, size: 5 }],
  }),
  [path("blobs", config)]: "{}",
  [path("blobs", layer)]: "layer",
  [path("blobs", other)]: "another project's",
  "/v2/_catalog": "{}",
};
const authorization = basicAuthorization("the registry's own");

let server: Server;
let door: ImageDoor;
const asked = async (what: string, method = "GET", password = door.password) => {
  const headers = { authorization: basicAuthorization(password) };
  const answer = await fetch(`http://127.0.0.1:${door.port}${what}`, { method, headers });
  return [answer.status, await answer.text()];
};

beforeAll(async () => {
  server = createServer((request, response) => {
    const isIn = request.headers.authorization === authorization;
    response.writeHead(isIn ? 200 : 401).end(isIn ? contents[request.url ?? ""] : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  door = await openImageDoor({
    url: `http://127.0.0.1:${port}`,
    authorization,
    repository,
    digest: manifest,
  });
});
afterAll(async () => {
  await door.close();
  server.close();
});

test("the image is given, and what was given of it is known", async () => {
  expect(await asked("/v2/")).toEqual([200, "{}"]);
  expect((await asked(path("manifests", manifest)))[0]).toBe(200);
  expect(await asked(path("blobs", layer))).toEqual([200, "layer"]);
  expect(door.givenBytes()).toBe(5);
});

test.each([
  ["/v2/_catalog", "GET", 404],
  [path("blobs", other), "GET", 404],
  [`${path("blobs", layer)}/../${other}`, "GET", 404],
  [`/v2/${repository}/tags/list`, "GET", 404],
  [path("blobs", layer), "DELETE", 405],
  [path("blobs", "uploads/"), "POST", 405],
])("%s by %s is refused", async (what, method, status) => {
  expect(await asked(what, method)).toEqual([status, ""]);
});

test("who has not its password gets nothing", async () => {
  expect(await asked(path("blobs", layer), "GET", "another")).toEqual([401, ""]);
  const { status } = await fetch(`http://127.0.0.1:${door.port}/v2/`);
  expect(status).toBe(401);
});
