// A client of the community for SAP Integration Suite, unchanged: OAuth, a token that it fetches at the origin, and its ways with the keystore. Argument: origin.

import assert from "node:assert/strict";
import { createRequire } from "node:module";

const { SapClient } = createRequire(import.meta.url)("@contiva/sap-integration-suite-client");
const [origin] = process.argv.slice(2);
const client = new SapClient({
  baseUrl: origin,
  oauthClientId: "sb-certmimic",
  oauthClientSecret: "certmimic-secret",
  oauthTokenUrl: `${origin}/oauth/token`,
  noCache: true,
  maxRetries: 0,
});
const keystore = client.securityContent;
const hex = (alias) => Buffer.from(alias).toString("hex").toUpperCase();
const aliases = async () => (await keystore.getKeystoreEntries("system", ["Alias"])).map((entry) => entry.Alias);
const refused = (request, status, text) =>
  assert.rejects(request, (refusal) => {
    assert.equal(refusal.statusCode, status);
    assert.match(refusal.message, text);
    return true;
  });
const wanted = {
  Hexalias: "dummy",
  Alias: "from_client",
  KeyType: "RSA",
  KeySize: 2048,
  SignatureAlgorithm: "SHA256/RSA",
  CommonName: "client",
  Country: "DE",
};

const before = await aliases();
assert.ok(before.includes("mykeypair"));
assert.equal((await keystore.getKeystoreEntry(hex("mykeypair"))).KeySize, 2048);
assert.equal((await keystore.getCertificateChain(hex("mykeypair")))[0].Index, 0);

await keystore.generateKeyPair(wanted);
assert.deepEqual(await aliases(), [...before, "from_client"].sort());
await refused(keystore.generateKeyPair(wanted), 400, /Keystore entry with alias "from_client" already exists/);
await keystore.backupKeystore();
await keystore.deleteKeystoreEntries(["from_client"]);
assert.deepEqual(await aliases(), before);
await refused(keystore.getKeystoreEntry(hex("from_client")), 404, /not found in the keystore/);
assert.deepEqual(await keystore.getKeystoreHistoryEntries(), []);
console.log("integration suite client: ok");
