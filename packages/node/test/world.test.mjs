// The calls of a world.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused, Unverified } from "certmimic";
import { worlds } from "certmimic/node-test";

const inWorld = worlds();

async function ask(world, path = "KeystoreEntries", method = "GET") {
  const headers = { Authorization: "Bearer anything" };
  return (await fetch(`${world.sapCloudIntegration.url}/${path}`, { method, headers })).status;
}

test("the clock", inWorld(async ({ clock }) => {
  await clock.set({ now: new Date("2026-03-01T00:00:00Z"), mode: "frozen" });
  await clock.advance("90d");
  assert.equal((await clock.now()).toISOString(), "2026-05-30T00:00:00.000Z");
  assert.equal((await clock.read()).mode, "frozen");
}));

test("faults strike and are disarmed", inWorld(async (world) => {
  const { faults } = world;
  const name = await faults.arm({ operation: "ci.entry.list", outcome: "keystore_locked", retryAfter: 7, times: 2 });
  await faults.arm({ id: "slow", path: "/apiops/**", delay: "5ms" });
  assert.deepEqual([await ask(world), await ask(world), await ask(world)], [503, 503, 200]);
  assert.deepEqual((await faults.list()).map(({ id, struck }) => [id, struck]), [[name, 2], ["slow", 0]]);
  await faults.disarm(name);
  assert.deepEqual((await faults.list()).map(({ id }) => id), ["slow"]);
  await faults.disarm();
  assert.deepEqual(await faults.list(), []);
}));

test("the journal", inWorld(async (world) => {
  const { requests } = world;
  await ask(world);
  await ask(world, "KeystoreEntries('zz')");
  assert.deepEqual((await requests.list()).map(({ status }) => status), [200, 500]);
  const [refused] = await requests.list({ refused: true, system: "sap_cloud_integration" });
  assert.equal(refused.diagnosis.code, refused.outcome);
  assert.match(await requests.text({ refused: true }), new RegExp(refused.outcome));
  assert.match(await requests.curl(refused.number), /^curl /);
  assert.equal(JSON.parse(await requests.har()).log.entries.length, 2);
  await requests.clear();
  assert.deepEqual(await requests.list(), []);
}));

test("verify tells how many, and what came nearest", inWorld(async (world) => {
  await ask(world);
  assert.equal(await world.verify({ operation: "ci.*", times: 1, outcome: "success" }), 1);
  assert.equal(await world.verify({ operation: "ci.*", atLeast: 1, atMost: 2 }), 1);
  const missed = await world.verify({ operation: "ci.entry.list", times: 2 }).catch((error) => error);
  assert.ok(missed instanceof Unverified && missed instanceof assert.AssertionError);
  assert.equal(missed.matched, 1);
  assert.match(missed.message, /^Expected exactly 2 /);
  await assert.rejects(world.verify({ operation: "ci.entry.list", never: true }), Unverified);
}));

test("a wrong word is refused with the nearest", inWorld(async (world) => {
  const refused = await world.verify({ operation: "ci.entry.delte" }).catch((error) => error);
  assert.ok(refused instanceof Refused);
  assert.deepEqual([refused.status, refused.code], [400, "bad_value"]);
  assert.match(refused.message, /the nearest is ci\.entry\.delete/);
  await assert.rejects(world.faults.arm({ operation: "ci.entry.lst", outcome: "keystore_locked" }), /did you mean/);
  await assert.rejects(world.faults.arm({ operatoin: "ci.entry.list", outcome: "keystore_locked" }), /operatoin/);
}));

test("coverage", inWorld(async (world) => {
  await ask(world);
  const { met, systems } = await world.coverage.read({ system: "sap_cloud_integration" });
  assert.deepEqual([met, systems.map(({ name }) => name)], [1, ["sap_cloud_integration"]]);
  assert.match(await world.coverage.text({ format: "junit" }), /<testsuites/);
  await world.coverage.clear();
  assert.equal((await world.coverage.read()).met, 0);
}));

test("snapshots, reset, export and replace", inWorld(async (world) => {
  await world.clock.set({ now: "2026-01-01", mode: "frozen" });
  await world.snapshots.keep("new-year");
  await world.clock.advance("1d");
  await world.snapshots.restore("new-year");
  assert.equal((await world.clock.now()).getUTCDate(), 1);
  assert.deepEqual(await world.snapshots.list(), ["new-year"]);
  assert.equal((await world.snapshots.export("new-year")).name, "quickstart");
  await world.snapshots.drop("new-year");
  const exported = await world.export();
  await world.replace("certmimic: 1\nname: nothing\n");
  assert.deepEqual(await world.certificates(), []);
  await world.replace(exported);
  assert.ok((await world.certificates()).length);
  await world.reset();
  assert.equal((await world.clock.read()).mode, "running");
}));

test("a world reports what it was asked", inWorld(async (world) => {
  assert.match(await world.report(), /was asked nothing/);
  await ask(world);
  assert.match(await world.report(), /refused nothing/);
  await ask(world, "KeystoreEntries('6D79')", "DELETE");
  assert.match(await world.report(), /csrf_token_required/);
}));
