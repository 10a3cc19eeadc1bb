"""Keystores by writers that are neither OpenSSL nor Java, one a line: name, type, password, base64. Judge.java says what the
JDK makes of each. Keys and salts are new at each run.

    pip install pyjks && npm install node-forge
    python3 make_keystores_elsewhere.py > list && java Judge.java keystores list
"""

import base64
import json
import os
import subprocess
import tempfile

import jks

HERE = os.getcwd()
FOLDER = tempfile.mkdtemp()


def run(command):
    return subprocess.run(command.split(), check=True, capture_output=True, cwd=FOLDER).stdout


def read(name):
    with open(os.path.join(FOLDER, name), "rb") as file:
        return file.read()


# Material: a CA, a leaf of it, and one that stands alone; keys of RSA, which both writers know ---------------------------
ISSUERS = {"ca": "", "leaf": "-CA ca.pem -CAkey ca.key", "other": ""}
for who, issuer in ISSUERS.items():
    run(f"openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out {who}.key")
    run(f"openssl req -x509 -new -key {who}.key -subj /CN={who} -days 3650 {issuer} -out {who}.pem")
    run(f"openssl x509 -in {who}.pem -outform DER -out {who}.der")
    run(f"openssl pkcs8 -topk8 -nocrypt -in {who}.key -outform DER -out {who}.p8")
    run(f"openssl rsa -in {who}.key -traditional -outform DER -out {who}.pkcs1")
LEAF, CA, OTHER = (read(f"{who}.der") for who in ("leaf", "ca", "other"))

# pyjks, which writes JKS only -----------------------------------------------------------------------------------------
PAIR = lambda alias, who, *chain, form="pkcs8": jks.PrivateKeyEntry.new(
    alias, list(chain), read(f"{who}.{'p8' if form == 'pkcs8' else 'pkcs1'}"), form
)
TRUSTED = jks.TrustedCertEntry.new
LOCKED = PAIR("locked", "other", OTHER)
LOCKED.encrypt("another")
STORES = {
    "one pair": [PAIR("a", "leaf", LEAF, CA)],
    "pair from pkcs1": [PAIR("a", "leaf", LEAF, form="rsa_raw")],
    "pair without certificates": [PAIR("a", "leaf")],
    "pair of another's certificate": [PAIR("a", "leaf", OTHER)],
    "chain out of order": [PAIR("a", "leaf", CA, LEAF)],
    "two pairs and a root": [PAIR("b", "leaf", LEAF, CA), PAIR("a", "other", OTHER), TRUSTED("root", CA)],
    "roots alone": [TRUSTED("x", CA), TRUSTED("y", OTHER)],
    "alias in capitals": [TRUSTED("ROOT", CA)],
    "alias odd": [TRUSTED("\u00e4 b/c", CA), TRUSTED("\U0001f600", OTHER)],
    "alias empty": [TRUSTED("", CA)],
    "a key of another password": [PAIR("a", "leaf", LEAF, CA), LOCKED],
    "nothing": [],
}
for label, entries in STORES.items():
    file = jks.KeyStore.new("jks", entries).saves("secret")
    print(f"pyjks {label}", "JKS", "secret", base64.b64encode(file).decode(), sep="\t")

# node-forge ------------------------------------------------------------------------------------------------------------
SCRIPT = """
const forge = require('node-forge');
const { readFileSync } = require('fs');
const key = (who) => forge.pki.privateKeyFromPem(readFileSync(who + '.key', 'latin1'));
const cert = (who) => forge.pki.certificateFromPem(readFileSync(who + '.pem', 'latin1'));
const stores = {
  'as it comes': ['leaf', ['leaf']],
  'aes128': ['leaf', ['leaf'], { algorithm: 'aes128' }],
  'aes192': ['leaf', ['leaf'], { algorithm: 'aes192' }],
  'aes256': ['leaf', ['leaf'], { algorithm: 'aes256' }],
  '3des': ['leaf', ['leaf'], { algorithm: '3des' }],
  '3des, named': ['leaf', ['leaf'], { algorithm: '3des', friendlyName: 'a' }],
  'named': ['leaf', ['leaf'], { friendlyName: 'a' }],
  'named in capitals': ['leaf', ['leaf'], { friendlyName: 'Server Key' }],
  'name with umlaut': ['leaf', ['leaf'], { friendlyName: 'Schl\\u00fcssel' }],
  'chain': ['leaf', ['leaf', 'ca'], { friendlyName: 'a' }],
  'chain out of order': ['leaf', ['ca', 'leaf'], { friendlyName: 'a' }],
  'without the key id': ['leaf', ['leaf'], { friendlyName: 'a', generateLocalKeyId: false }],
  'a key id of its own': ['leaf', ['leaf'], { friendlyName: 'a', localKeyId: '0102' }],
  'without mac': ['leaf', ['leaf'], { friendlyName: 'a', useMac: false }],
  'key alone': ['leaf', null, { friendlyName: 'a' }],
  'certificates alone': [null, ['leaf', 'ca'], { friendlyName: 'a' }],
  'certificate of another key': ['leaf', ['other'], { friendlyName: 'a' }],
  'many rounds': ['leaf', ['leaf'], { friendlyName: 'a', count: 10000 }],
  'salt of one byte': ['leaf', ['leaf'], { friendlyName: 'a', saltSize: 1 }],
  'salt of seven bytes': ['leaf', ['leaf'], { friendlyName: 'a', saltSize: 7 }],
  'salt of seven bytes, no mac': ['leaf', ['leaf'], { friendlyName: 'a', saltSize: 7, useMac: false }],
  'salt of seven bytes, no mac, 3des': ['leaf', ['leaf'], { friendlyName: 'a', saltSize: 7, useMac: false, algorithm: '3des' }],
  'salt of nine bytes': ['leaf', ['leaf'], { friendlyName: 'a', saltSize: 9 }],
};
const made = Object.entries(stores).map(([name, [who, chain, options]]) => [name, who && key(who), chain && chain.map(cert), 'secret', options]);
made.push(['password empty', key('leaf'), [cert('leaf')], '', { friendlyName: 'a' }]);
made.push(['password null', key('leaf'), [cert('leaf')], null, { friendlyName: 'a' }]);
made.push(['password with umlaut', key('leaf'), [cert('leaf')], 'p\\u00e4ss', { friendlyName: 'a' }]);
console.log(JSON.stringify(made.map(([name, key, chain, password, options]) => {
  const file = forge.asn1.toDer(forge.pkcs12.toPkcs12Asn1(key, chain, password, options)).getBytes();
  return [name, password ?? '', Buffer.from(file, 'latin1').toString('base64')];
})));
"""
with open(os.path.join(FOLDER, "make.cjs"), "w", encoding="utf-8") as script:
    script.write(SCRIPT)
environment = {**os.environ, "NODE_PATH": os.path.join(HERE, "node_modules")}
made = subprocess.run(["node", "make.cjs"], check=True, stdout=subprocess.PIPE, cwd=FOLDER, env=environment).stdout
for label, password, file in json.loads(made):
    print(f"forge {label}", "PKCS12", password, file, sep="\t")
