// What SAP's Cloud SDK generates from $metadata, unchanged, against both services. Arguments: origin, folder of the generated code.

import assert from "node:assert/strict";
import { createRequire } from "node:module";

const [origin, generated] = process.argv.slice(2);
const load = createRequire(import.meta.url);
const destination = (root) => ({
  url: origin + root,
  authentication: "BasicAuthentication",
  username: "sb-certmimic",
  password: "certmimic-secret",
});

function statuses(parts) {
  return parts.map((part) => {
    if (part.isWriteResponses()) return part.responses.map((answer) => answer.httpCode);
    return part.httpCode;
  });
}

async function refused(request, status, text) {
  await assert.rejects(request, (failure) => {
    let cause = failure;
    while (cause.cause) cause = cause.cause;
    assert.equal(cause.response.status, status);
    assert.match(cause.response.data.error.message.value, text);
    return true;
  });
}

async function apiManagement() {
  const { apim } = load(`${generated}/apim/service.js`);
  const { batch, changeset } = load(`${generated}/apim/BatchRequest.js`);
  const to = destination("/apiportal/api/1.0/Management.svc");
  const { certificateStoreReferencesApi: references, certificateStoresApi: stores } = apim();
  const reference = (name, store) => references.entityBuilder().name(name).certificateStoreName(store).build();
  const ask = () => references.requestBuilder();

  const trust = await ask().getAll().filter(references.schema.STORE_TYPE.equals("TRUSTSTORE")).execute(to);
  assert.deepEqual(trust.map((row) => row.name), ["reference_ts_1"]);
  assert.equal(await ask().getAll().count().execute(to), 1);

  const created = await ask().create(reference("from_sdk", "ts")).execute(to);
  assert.equal(created.storeType, "TRUSTSTORE");
  await refused(ask().create(reference("from_sdk", "ts")).execute(to), 400, /already exist/i);
  created.certificateStoreName = "ts_1";
  await ask().update(created).execute(to);
  assert.equal((await ask().getByKey("from_sdk").execute(to)).certificateStoreName, "ts_1");
  created.certificateStoreName = "ts";
  await ask().update(created).replaceWholeEntityWithPut().execute(to);

  const { ALL_FIELDS, CERTIFICATES } = stores.schema;
  const store = await stores.requestBuilder().getByKey("ts").select(ALL_FIELDS, CERTIFICATES).execute(to);
  assert.ok(store.certificates.length > 0);

  for (const path of ["absolute", "relativeToEntity", "relativeToService"]) {
    const write = changeset(ask().create(reference("batched", "ts")));
    const clean = changeset(ask().delete("batched"));
    const parts = batch(ask().getByKey("from_sdk"), write, clean, stores.requestBuilder().getAll());
    const answers = await parts.withSubRequestPathType(path).execute(to);
    assert.deepEqual(statuses(answers), [200, [201], [204], 200]);
    assert.equal(answers[0].as(references)[0].certificateStoreName, "ts");
  }
  await ask().delete("from_sdk").execute(to);
  await refused(ask().getByKey("o'x y/ü").execute(to), 404, /./);
}

async function cloudIntegration() {
  const { ci } = load(`${generated}/ci/service.js`);
  const { batch, changeset } = load(`${generated}/ci/BatchRequest.js`);
  const to = destination("/api/v1");
  const { keystoreEntriesApi: entries, keystoresApi: stores, keyPairGenerationRequestsApi: pairs } = ci();
  const hex = (alias) => Buffer.from(alias).toString("hex").toUpperCase();
  const wanted = (alias) => {
    const described = pairs.entityBuilder().alias(alias).keyType("RSA").keySize(2048).commonName("sdk").country("DE");
    return pairs.requestBuilder().create(described.signatureAlgorithm("SHA256/RSA").build());
  };

  const pair = await entries.requestBuilder().getByKey(hex("mykeypair")).execute(to);
  assert.equal(pair.keySize, 2048);
  assert.ok(pair.validNotAfter.isAfter(pair.validNotBefore));
  const all = await entries.requestBuilder().getAll().addCustomQueryParameters({ keystoreName: "system" }).execute(to);
  assert.ok(all.some((row) => row.alias === "mykeypair"));
  const { NAME, ENTRIES } = stores.schema;
  const system = await stores.requestBuilder().getByKey("system").select(NAME, ENTRIES).execute(to);
  assert.equal(system.entries.length, all.length);

  await wanted("from_sdk").addCustomQueryParameters({ returnKeystoreEntries: "false" }).execute(to);
  await refused(wanted("from_sdk").execute(to), 400, /already exists/);
  await entries.requestBuilder().delete(hex("from_sdk")).execute(to);
  await refused(entries.requestBuilder().getByKey(hex("from_sdk")).execute(to), 404, /not found in the keystore/);

  const answers = await batch(changeset(wanted("batched")), entries.requestBuilder().getAll()).execute(to);
  assert.equal(answers[1].as(entries).length, all.length + 1);
  assert.ok(answers[0].responses.every((answer) => answer.httpCode < 300));
}

await apiManagement();
await cloudIntegration();
console.log("sap cloud sdk: ok");
