// A client that is generated from $metadata, unchanged, against both services. Arguments: origin, folder of the generated code.

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { FetchClient } from "@odata2ts/http-client-fetch";

const [origin, generated] = process.argv.slice(2);
const authorization = "Basic " + Buffer.from("sb-certmimic:certmimic-secret").toString("base64");
const load = async (file) => import(pathToFileURL(`${generated}/${file}`));

async function client(root) {
  const fetched = await fetch(origin + root + "/", { method: "HEAD", headers: { authorization, "X-CSRF-Token": "Fetch" } });
  const token = fetched.headers.get("x-csrf-token");
  return new FetchClient({ headers: { Authorization: authorization, "X-CSRF-Token": token } });
}

async function apiManagement() {
  const { ApiportalService } = await load("apim/ApiportalService.js");
  const root = "/apiportal/api/1.0/Management.svc";
  const service = new ApiportalService(await client(root), origin + root);
  const references = service.CertificateStoreReferences();
  const listed = await references.query((builder, q) => builder.filter(q.storeType.eq("TRUSTSTORE")).select("name").count());
  assert.deepEqual(listed.data.d.results.map((row) => row.name), ["reference_ts_1"]);
  assert.equal(listed.data.d.__count, "1");
  const created = await references.create({ name: "from_js", certificateStoreName: "ts" });
  assert.equal(created.status, 201);
  assert.equal(created.data.d.storeType, "TRUSTSTORE");
  const one = service.CertificateStoreReferences("from_js");
  assert.equal((await one.update({ name: "from_js", certificateStoreName: "ts_1" })).status, 204);
  assert.equal((await one.patch({ certificateStoreName: "ts" })).status, 204);
  assert.equal((await one.query()).data.d.certificateStoreName, "ts");
  assert.equal((await one.delete()).status, 204);
  const store = await service.CertificateStores("ts").query((builder) => builder.expand("certificates"));
  assert.ok(store.data.d.certificates.length > 0);
  const sorted = await service.CertificateStores().query((builder, q) => builder.orderBy(q.name.desc()).top(1));
  assert.equal(sorted.data.d.results[0].name, "ts_1");
  await assert.rejects(service.CertificateStores("nowhere").query(), (refusal) => refusal.status === 404);
}

async function cloudIntegration() {
  const { ComSapHciApiService } = await load("ci/ComSapHciApiService.js");
  const service = new ComSapHciApiService(await client("/api/v1"), origin + "/api/v1");
  const hex = (alias) => Buffer.from(alias).toString("hex").toUpperCase();
  const listed = await service.KeystoreEntries().query((builder) => builder.select("Alias"));
  assert.ok(listed.data.d.results.some((row) => row.Alias === "mykeypair"));
  const pair = await service.KeystoreEntries(hex("mykeypair")).query();
  assert.equal(pair.data.d.KeySize, 2048);
  const chain = await service.KeystoreEntries(hex("mykeypair")).ChainCertificates().query();
  assert.equal(chain.data.d.results[0].Index, 0);
  const system = await service.Keystores("system").query((builder) => builder.expand("Entries"));
  assert.equal(system.data.d.Size, system.data.d.Entries.length);
}

await apiManagement();
await cloudIntegration();
console.log("odata2ts: ok");
