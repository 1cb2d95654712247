import { expect, test } from "vitest";
import { describedImage, isSilence } from "../../../../runners/notebook/image/baseImage.ts";

const id = `sha256:${"a".repeat(64)}`;
const digest = `sha256:${"d".repeat(64)}`;

test.each([
  ["python:3.13-slim", `${id} linux/amd64 python@${digest}`, `python:3.13-slim@${digest}`],
  [
    "localhost:5000/own",
    `${id} linux/amd64 other@sha256:0 localhost:5000/own@${digest}`,
    `localhost:5000/own@${digest}`,
  ],
  [`python@${digest}`, `${id} linux/amd64 python@${digest}`, `python@${digest}`],
  ["jovyan-base", `${id} linux/amd64`, `jovyan-base, image ${id}`],
])("%s is described with what makes it one of its kind", (name, inspect, described) => {
  expect(describedImage(name, inspect)).toBe(described);
});

test.each([
  ['Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host', true],
  ["net/http: request canceled while waiting for connection (Client.Timeout exceeded)", true],
  ["pull access denied for jovyan-base, repository does not exist or may require 'docker login'", false],
  ["manifest for python:3.31-slim not found: manifest unknown: manifest unknown", false],
  ["toomanyrequests: You have reached your pull rate limit", false],
])("%s is nobody's answer: %s", (refusal, expected) => {
  expect(isSilence(refusal)).toBe(expected);
});
