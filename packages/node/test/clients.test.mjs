// The three clients of examples/, each in a world of its own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { worlds } from "certmimic/node-test";
import { Deployer, NotDeployed } from "../examples/deployer.js";
import { ending } from "../examples/expiry.js";
import { rotate } from "../examples/rotation.js";
import { Tenant } from "../examples/tenant.js";

const key = { client: "sb-certmimic", secret: "certmimic-secret" };
const inRotation = worlds({ scenario: "rotation" });
const inExpiry = worlds({ scenario: "expiring-truststore" });
const inQuickstart = worlds();

test("a reference is pointed to the store whose certificate ends later", inRotation(async (world) => {
  const tenant = new Tenant(world.sapApiManagement, key);
  assert.deepEqual(await rotate(tenant, { now: await world.clock.now(), days: 3 }), {});
  await world.verify({ operation: "apim.reference.update", never: true });
  assert.deepEqual(await rotate(tenant, { now: await world.clock.now() }), { gateway: "gateway-2026" });
  await world.verify({ operation: "apim.reference.update", json: { certificateStoreName: "gateway-2026" }, times: 1 });
}));

test("a busy system is asked again, and a token that has ended fetched anew", inRotation(async (world) => {
  const tenant = new Tenant(world.sapApiManagement, key);
  await world.faults.arm({ operation: "apim.reference.update", status: 503, headers: { "Retry-After": "0" }, times: 2 });
  assert.deepEqual(await rotate(tenant, { now: await world.clock.now() }), { gateway: "gateway-2026" });
  await world.clock.advance("90d");
  assert.deepEqual(await rotate(tenant, { now: await world.clock.now() }), {});
  await world.verify({ inOrder: [{ status: 503 }, { status: 503 }, { status: 204 }, { outcome: "token_expired" }, { status: 200 }] });
}));

test("what ends within a month is told, and what has ended first", inExpiry(async (world) => {
  const tenant = new Tenant(world.sapCloudIntegration, key);
  const found = await ending(tenant, { now: await world.clock.now() });
  assert.deepEqual(found.map(({ alias }) => alias), ["gone", "soon-gone"]);
  const listed = await world.certificates({ expiresWithin: "30d", system: "sap_cloud_integration" });
  assert.deepEqual(listed.map(({ alias }) => alias), ["gone", "soon-gone"]);
  await world.clock.advance("-60d");
  assert.deepEqual(await ending(tenant, { now: await world.clock.now() }), []);
}));

test("a certificate is stored and then renewed", inQuickstart(async (world) => {
  const deployer = deployerOf(world);
  const [{ pem }] = await world.certificates({ system: "apinizer" });
  await deployer.deploy("shop", pem, ["production"]);
  await deployer.deploy("shop", pem, ["production", "staging"]);
  await world.verify({ inOrder: [{ operation: "apinizer.certificate.create" }, { operation: "apinizer.certificate.update" }] });
}));

test("an environment that cannot be reached is told", inQuickstart(async (world) => {
  await world.faults.arm({ operation: "apinizer.certificate.create", deploymentFails: { staging: "Connection refused" } });
  const [{ pem }] = await world.certificates({ system: "apinizer" });
  const deployed = deployerOf(world).deploy("shop", pem, ["production", "staging"]);
  await assert.rejects(deployed, (error) => error instanceof NotDeployed && error.message === "staging: Connection refused");
}));

function deployerOf(world) {
  return new Deployer(world.apinizer, { user: "apinizer", password: "apinizer", project: "MyProject" });
}
