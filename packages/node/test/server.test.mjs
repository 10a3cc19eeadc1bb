// Starting and joining, and what is said when that is not possible.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as path } from "node:path";
import { test } from "node:test";
import { BinaryMissing, CertmimicError, StartFailed, VersionDiffers, join, start } from "certmimic";

/** Runs with a variable set, or without it. */
async function having(variables, run) {
  const before = { ...process.env };
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  try {
    return await run();
  } finally {
    for (const name of Object.keys(variables)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}

test("a server is started and ended", async () => {
  const server = await start({ scenario: "rotation" });
  assert.equal((await (await server.world()).export()).name, "rotation");
  await server.stop();
  await assert.rejects(server.worlds(), /No certmimic answers at http:\/\/127\.0\.0\.1/);
  await server.stop();
});

test("worlds share nothing", async () => {
  const server = await start();
  const [one, other] = [await server.world(), await server.world({ name: "other" })];
  await fetch(`${one.sapCloudIntegration.url}/KeystoreEntries`);
  assert.equal((await one.requests.list()).length, 1);
  assert.deepEqual(await other.requests.list(), []);
  await other.drop();
  assert.deepEqual(await server.worlds(), ["default", one.name]);
  assert.match(await server.coverage(), /1 of /);
  await server.stop();
});

test("scenarios compose", async () => {
  const frozen = path(mkdtempSync(path(tmpdir(), "certmimic-test-")), "frozen.yaml");
  writeFileSync(frozen, "certmimic: 1\nclock: { now: 2026-01-15T08:00:00Z, mode: frozen }\n");
  const server = await start({ scenario: ["rotation", frozen] });
  assert.equal((await (await server.world()).clock.read()).mode, "frozen");
  await server.stop();
});

test("variables of the caller do not change what is served", () => having({ CERTMIMIC_SCENARIO: "empty" }, async () => {
  const server = await start();
  assert.equal((await (await server.world()).export()).name, "quickstart");
  await server.stop();
}));

test("a server that runs is joined and left alone", async () => {
  const running = await start({ scenario: "empty" });
  await having({ CERTMIMIC_URL: running.url }, async () => {
    const server = await start({ scenario: "rotation" });
    assert.equal(server.url, running.url);
    assert.equal((await (await server.world()).export()).name, "rotation");
    await server.stop();
    assert.equal((await running.worlds()).length, 2);
    await assert.rejects(start({ scenario: ["rotation", "mine.yaml"] }), /cannot compose rotation and mine\.yaml/);
  });
  await running.stop();
});

test("what is missing is said in a sentence", async () => {
  await assert.rejects(start({ scenario: "quickstrat" }), (error) => error instanceof StartFailed && /quickstrat/.test(error.message));
  await assert.rejects(join("http://127.0.0.1:9"), (error) => error instanceof CertmimicError && /No certmimic answers/.test(error.message));
  const notThere = having({ CERTMIMIC_BINARY: tmpdir() }, () => start());
  await assert.rejects(notThere, (error) => error instanceof BinaryMissing && error.message.includes(`CERTMIMIC_BINARY names ${tmpdir()}`));
  const another = having({ CERTMIMIC_BINARY: process.execPath }, () => start());
  await assert.rejects(another, (error) => error instanceof StartFailed && /ended before it listened/.test(error.message));
});

test("another version is told", async () => {
  const server = await start();
  const told = (error) => error instanceof VersionDiffers && /this package 9\.9\.9: install the same version/.test(error.message);
  await assert.rejects(server.checked("9.9.9"), told);
  await assert.rejects(server.worlds(), /No certmimic answers/);
});

for (const [how, end] of [["of itself", ""], ["killed", "process.kill(process.pid, 'SIGKILL')"]]) {
  test(`the program ends with its Node, ${how}`, async () => {
    const script = `import { start } from 'certmimic'; console.log((await start()).url); ${end}`;
    const url = spawnSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" }).stdout.trim();
    await assert.rejects(untilGone(url), /No certmimic answers/);
  });
}

/** Asks a server that is about to end until it does not answer. */
async function untilGone(url) {
  for (const last = Date.now() + 20_000; Date.now() < last; ) await join(url);
}
