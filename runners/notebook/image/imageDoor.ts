import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { basicAuthorization } from "./dockerLogin.ts";

/** A registry, and where in it an image lies. */
export interface ImageSource {
  /** `http://127.0.0.1:PORT` */
  url: string;
  authorization: string;
  repository: string;
  digest: string;
}

/** What a node pulls from: one image, for who has the password. */
export interface ImageDoor {
  port: number;
  password: string;
  /** Sizes of the layers that were asked for. */
  givenBytes(): number;
  close(): Promise<void>;
}

const part = z.object({ digest: z.string().regex(/^sha256:[0-9a-f]{64}$/), size: z.number() });
const manifestSchema = z.object({
  config: part.optional(),
  layers: z.array(part).default([]),
  manifests: z.array(part).default([]),
});
const accept = [
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.oci.image.index.v1+json",
].join(", ");

/** Path in the registry → size, of all that belongs to an image. */
async function partsOf(source: ImageSource, digest: string): Promise<Map<string, number>> {
  const { url, repository, authorization } = source;
  const path = `/v2/${repository}/manifests/${digest}`;
  const answer = await fetch(`${url}${path}`, { headers: { authorization, accept } });
  if (!answer.ok)
    throw new Error(`registry: expected manifest ${digest}, got HTTP ${answer.status}; run again`);
  const { config, layers, manifests } = manifestSchema.parse(await answer.json());
  const blobs = [...(config === undefined ? [] : [config]), ...layers];
  const below = await Promise.all(manifests.map((one) => partsOf(source, one.digest)));
  return new Map<string, number>([
    [path, 0],
    ...blobs.map(({ digest, size }): [string, number] => [`/v2/${repository}/blobs/${digest}`, size]),
    ...below.flatMap((parts) => [...parts]),
  ]);
}

/**
 * Serves one image of a registry on this controller's loopback, to be read with a password of its own. What else the registry has, of other
 * projects too, stays closed; so it does where a node's sshd lets more than its loopback reach us (GatewayPorts).
 */
export async function openImageDoor(source: ImageSource): Promise<ImageDoor> {
  const parts = await partsOf(source, source.digest);
  const password = randomBytes(24).toString("base64url");
  const given = new Set<string>();
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const refusal = refusalOf(request, password, parts);
    if (refusal !== undefined) return void refuse(response, refusal);
    if (path === "/v2/") return void response.end("{}");
    if (request.method === "GET") given.add(path);
    pass(source, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    password,
    givenBytes: () => [...given].reduce((sum, path) => sum + (parts.get(path) ?? 0), 0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refusalOf(
  request: IncomingMessage,
  password: string,
  parts: Map<string, number>,
): number | undefined {
  const [expected, got] = [basicAuthorization(password), request.headers.authorization ?? ""].map((text) =>
    Buffer.from(text),
  );
  if (expected?.length !== got?.length || !timingSafeEqual(expected ?? Buffer.of(), got ?? Buffer.of()))
    return 401;
  if (request.method !== "GET" && request.method !== "HEAD") return 405;
  return request.url === "/v2/" || parts.has(request.url ?? "") ? undefined : 404;
}

function refuse(response: ServerResponse, status: number): void {
  const headers = status === 401 ? { "www-authenticate": 'Basic realm="minirack"' } : {};
  response.writeHead(status, headers).end();
}

async function pass(source: ImageSource, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const range = request.headers.range;
  const headers = { authorization: source.authorization, accept: request.headers.accept ?? "*/*" };
  const answer = await fetch(`${source.url}${request.url}`, {
    method: request.method ?? "GET",
    headers: range === undefined ? headers : { ...headers, range },
  });
  const names = ["content-type", "content-length", "content-range", "docker-content-digest"];
  const known = names.flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  response.writeHead(answer.status, Object.fromEntries(known));
  if (answer.body === null || request.method === "HEAD") return void response.end();
  await pipeline(Readable.fromWeb(answer.body), response);
}
