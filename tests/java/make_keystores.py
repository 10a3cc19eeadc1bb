"""Keystores by OpenSSL and keytool, and PKCS#12 files put together by hand, one a line: name, type, password, base64.
Judge.java says what the JDK makes of each. Keys and salts are new at each run.

    python3 make_keystores.py > list && java Judge.java keystores list
"""

import base64
import hashlib
import hmac
import os
import subprocess
import tempfile

from make_certificates import bits, extension, indefinite, integer, oid, rdn, seq, tlv

os.chdir(tempfile.mkdtemp())


def run(command, **options):
    words = [word.replace("~", " ") for word in command.split()]
    return subprocess.run(words, check=True, capture_output=True, **options).stdout


def read(name):
    with open(name, "rb") as file:
        return file.read()


# Material: a root, a CA, two leaves; keys of P-256 ---------------------------------------------------------------------
for who in ("root", "ca", "leaf", "other"):
    run(f"openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out {who}.key")
ISSUERS = {"root": "", "ca": "-CA root.pem -CAkey root.key", "leaf": "-CA ca.pem -CAkey ca.key", "other": ""}
for who, issuer in ISSUERS.items():
    run(f"openssl req -x509 -new -key {who}.key -subj /CN={who} -days 3650 {issuer} -out {who}.pem")
    run(f"openssl x509 -in {who}.pem -outform DER -out {who}.der")
    run(f"openssl pkcs8 -topk8 -in {who}.key -v1 PBE-SHA1-3DES -iter 1 -passout pass:secret -outform DER -out {who}.p8")
    run(f"openssl pkcs8 -topk8 -nocrypt -in {who}.key -outform DER -out {who}.plain")
run("openssl genpkey -algorithm X25519 -out x25519.key")
run("openssl pkcs8 -topk8 -in leaf.key -v1 PBE-SHA1-3DES -iter 1 -passout pass:another -outform DER -out another.p8")
with open("chain.pem", "wb") as chain:
    chain.write(read("ca.pem") + read("root.pem"))

# OpenSSL ---------------------------------------------------------------------------------------------------------------
EXPORT = "openssl pkcs12 -export -provider default -provider legacy -inkey leaf.key -in leaf.pem"
OPENSSL = {
    "rc2-128": "-name a -certpbe PBE-SHA1-RC2-128 -keypbe PBE-SHA1-RC2-128 -macalg sha1",
    "rc2-40, key too": "-name a -certpbe PBE-SHA1-RC2-40 -keypbe PBE-SHA1-RC2-40 -macalg sha1",
    "rc4-128": "-name a -certpbe PBE-SHA1-RC4-128 -keypbe PBE-SHA1-RC4-128 -macalg sha1",
    "rc4-40": "-name a -certpbe PBE-SHA1-RC4-40 -keypbe PBE-SHA1-RC4-40 -macalg sha1",
    "3des": "-name a -certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES -macalg sha1",
    "3des with two keys": "-name a -certpbe PBE-SHA1-2DES -keypbe PBE-SHA1-2DES -macalg sha1",
    "3des with two keys, the key only": "-name a -keypbe PBE-SHA1-2DES",
    "md5 and des": "-name a -certpbe PBE-MD5-DES -keypbe PBE-MD5-DES",
    "aes192": "-name a -certpbe AES-192-CBC -keypbe AES-192-CBC",
    "aes192, the key only": "-name a -keypbe AES-192-CBC",
    "des3 by pbes2": "-name a -certpbe DES-EDE3-CBC -keypbe DES-EDE3-CBC",
    "mac none": "-name a -nomac",
    "mac sha384": "-name a -macalg sha384",
    "mac sha512-256": "-name a -macalg sha512-256",
    "mac md5": "-name a -macalg md5",
    "mac sha3": "-name a -macalg sha3-256",
    "certificates plain": "-name a -certpbe NONE",
    "key plain, certificates plain": "-name a -certpbe NONE -keypbe NONE",
    "chain": "-name a -certfile chain.pem",
    "chain, named": "-name a -certfile chain.pem -caname b -caname c",
    "chain, all of one name": "-name a -certfile chain.pem -caname a -caname a",
    "name with umlaut": "-name Schl\u00fcssel~\u00c4",
    "name empty": "-name ",
    "20,000 rounds": "-name a -iter 20000",
}
KEYSTORES = []


def keystore(name, kind, file, password="secret"):
    KEYSTORES.append((name, kind, password, file))


for name, options in OPENSSL.items():
    words = f"{EXPORT} {options.rstrip()} -passout pass:secret".split()
    if name == "name empty":
        words = EXPORT.split() + ["-name", "", "-passout", "pass:secret"]
    words = [word.replace("~", " ") for word in words]
    keystore(f"openssl {name}", "PKCS12", subprocess.run(words, check=True, capture_output=True).stdout)
for name, options in (("", ""), (", old", "-legacy"), (", no mac", "-nomac")):
    keystore(f"openssl password empty{name}", "PKCS12", run(f"{EXPORT} -name a {options} -passout pass:"), "")
keystore("openssl password with umlaut", "PKCS12", run(f"{EXPORT} -name a -passout pass:p\u00e4ss"), "p\u00e4ss")
keystore("openssl password with umlaut, old", "PKCS12", run(f"{EXPORT} -name a -legacy -passout pass:p\u00e4ss"), "p\u00e4ss")
keystore("openssl password beyond the bmp", "PKCS12", run(f"{EXPORT} -name a -passout pass:p\U0001f600"), "p\U0001f600")
keystore("openssl wrong password", "PKCS12", run(f"{EXPORT} -name a -passout pass:secret"), "Secret")
keystore("openssl wrong password, no mac", "PKCS12", run(f"{EXPORT} -name a -nomac -passout pass:secret"), "Secret")
keystore("openssl password given, none needed", "PKCS12", run(f"{EXPORT} -name a -passout pass:"))
keystore("openssl password needed, none given", "PKCS12", run(f"{EXPORT} -name a -passout pass:secret"), "")
keystore("openssl certificates alone", "PKCS12", run("openssl pkcs12 -export -nokeys -in chain.pem -name a -passout pass:secret"))

# keytool ---------------------------------------------------------------------------------------------------------------
for kind in ("JKS", "JCEKS", "PKCS12"):
    def store(file, command, key_password=""):
        run(f"keytool {command} -keystore {file} -storetype {kind} -storepass secret {key_password}")

    pair = "-genkeypair -keyalg EC -groupname secp256r1"
    store("two", f"{pair} -alias b -dname CN=b")
    store("two", f"{pair} -alias a -dname CN=a")
    store("two", f"-importcert -noprompt -alias root -file root.pem")
    keystore(f"keytool two keys, {kind.lower()}", kind, read("two"))
    keystore(f"keytool wrong password, {kind.lower()}", kind, read("two"), "Secret")
    keystore(f"keytool cut, {kind.lower()}", kind, read("two")[:-30])
    keystore(f"keytool and more, {kind.lower()}", kind, read("two") + b"more")
    store("odd", f"{pair} -alias \u00c4~B~c -dname CN=b")
    keystore(f"keytool alias odd, {kind.lower()}", kind, read("odd"))
    store("empty", f"{pair} -alias x -dname CN=x")
    store("empty", "-delete -alias x")
    keystore(f"keytool empty, {kind.lower()}", kind, read("empty"))
    if kind != "PKCS12":
        store("own", f"{pair} -alias own -dname CN=own", "-keypass another")
        store("own", f"{pair} -alias same -dname CN=same")
        keystore(f"keytool own key password beside another, {kind.lower()}", kind, read("own"))
    for file in ("two", "odd", "empty", "own"):
        if os.path.exists(file):
            os.remove(file)

# By hand ---------------------------------------------------------------------------------------------------------------
PKCS12 = "1.2.840.113549.1.12."
DATA = oid("1.2.840.113549.1.7.1")
LEAF, CA, ROOT, OTHER = (read(f"{who}.der") for who in ("leaf", "ca", "root", "other"))
KEY, OTHER_KEY = read("leaf.p8"), read("other.p8")
SHA1 = seq(oid("1.3.14.3.2.26"), b"\5\0")


def attribute(kind, *values):
    return seq(oid(kind), tlv(0x31, *values))


def name(text):
    return attribute("1.2.840.113549.1.9.20", tlv(0x1E, text.encode("utf-16-be")))


def key_id(text):
    return attribute("1.2.840.113549.1.9.21", tlv(4, text))


TRUSTED = attribute("2.16.840.1.113894.746875.1.1", oid("2.5.29.37.0"))


def bag(kind, value, *attributes):
    return seq(oid(PKCS12 + "10.1." + kind), tlv(0xA0, value), *([tlv(0x31, *attributes)] if attributes else []))


def cert(der, *attributes):
    return bag("3", seq(oid("1.2.840.113549.1.9.22.1"), tlv(0xA0, tlv(4, der))), *attributes)


def key(p8, *attributes):
    return bag("2", p8, *attributes)


def data(*bags):
    return seq(DATA, tlv(0xA0, tlv(4, seq(*bags))))


def derived(password, salt, rounds, identity):
    """RFC 7292 B.2 with SHA-1, 20 bytes."""
    fill = lambda text: (text * (64 // max(len(text), 1) + 2))[: -(-len(text) // 64) * 64] if text else b""
    out = bytes([identity]) * 64 + fill(salt) + fill(password)
    for _ in range(rounds):
        out = hashlib.sha1(out).digest()
    return out


def mac(safe, password=b"\0s\0e\0c\0r\0e\0t\0\0", rounds=1, stated=True, algorithm=SHA1, spoilt=b""):
    digest = hmac.new(derived(password, b"saltsalt", rounds, 3), safe, "sha1").digest()
    return seq(seq(algorithm, tlv(4, digest + spoilt)), tlv(4, b"saltsalt"), *([integer(rounds)] if stated else []))


def pfx(*contents, version=3, kind=DATA, wrap=lambda safe: tlv(4, safe), **options):
    safe = seq(*contents)
    return seq(integer(version), seq(kind, tlv(0xA0, wrap(safe))), mac(safe, **options))


def in_parts(text):
    return b"\x24\x80" + b"".join(tlv(4, text[at : at + 100]) for at in range(0, len(text), 100)) + b"\0\0"


ONE = data(key(KEY, name("a"), key_id(b"1")), cert(LEAF, key_id(b"1")), cert(CA), cert(ROOT))
SAFE = seq(ONE)
AKI = "2.5.29.35"


def issued(subject, issuer, *extensions):
    """A certificate of these names; its signature is not valid and need not be."""
    point = seq(seq(oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7")), bits(b"\4" + b"\x22" * 64))
    times = seq(tlv(0x17, b"250101000000Z"), tlv(0x17, b"350101000000Z"))
    algorithm = seq(oid("1.2.840.10045.4.3.2"))
    names = [seq(rdn(who)) for who in (issuer, subject)]
    more = [tlv(0xA3, seq(*extensions))] if extensions else []
    tbs = seq(tlv(0xA0, integer(2)), integer(len(extensions) + 1), algorithm, names[0], times, names[1], point, *more)
    return seq(tbs, algorithm, bits(b"Z" * 8))


LOOP = [cert(issued(b"x", b"y"), key_id(b"1")), cert(issued(b"y", b"z")), cert(issued(b"z", b"y"))]
BY_KEY = [
    cert(issued(b"x", b"ca", extension(AKI, seq(tlv(0x80, b"second")))), key_id(b"1")),
    cert(issued(b"ca", b"first", extension("2.5.29.14", tlv(4, b"first")))),
    cert(issued(b"ca", b"second", extension("2.5.29.14", tlv(4, b"second")))),
]
K = key(KEY, name("a"), key_id(b"1"))
BY_HAND = {
    "plain safe": pfx(ONE),
    "mac rounds not stated": pfx(ONE, stated=False),
    "mac of 1,000 rounds": pfx(ONE, rounds=1000),
    "mac wrong": pfx(ONE, spoilt=b"\0"),
    "mac by pbmac1": pfx(ONE, algorithm=seq(oid("1.2.840.113549.1.5.14"), seq(integer(1)))),
    "version 4": pfx(ONE, version=4),
    "signed": pfx(ONE, kind=oid("1.2.840.113549.1.7.2")),
    "bytes after": pfx(ONE) + b"more",
    "key without id": pfx(data(key(KEY, name("a")), cert(LEAF))),
    "key without id, after its certificate": pfx(data(cert(LEAF), key(KEY, name("a")))),
    "key without id, certificates apart": pfx(data(key(KEY, name("a"))), data(cert(LEAF), cert(CA))),
    "keys two without id": pfx(data(key(KEY, name("a")), key(OTHER_KEY, name("b")), cert(LEAF), cert(OTHER))),
    "keys two, second without id": pfx(data(K, key(OTHER_KEY, name("b")), cert(LEAF, key_id(b"1")))),
    "keys two, first without id": pfx(data(key(KEY, name("a")), key(OTHER_KEY, name("b"), key_id(b"2")))),
    "keys two of one name": pfx(data(K, key(OTHER_KEY, name("A"), key_id(b"2")), cert(LEAF, key_id(b"1")), cert(OTHER, key_id(b"2")))),
    "keys two of one id": pfx(data(K, key(OTHER_KEY, name("b"), key_id(b"1")), cert(LEAF, key_id(b"1")), cert(OTHER, key_id(b"1")))),
    "keys two of one id, certificates named": pfx(
        data(K, key(OTHER_KEY, name("b"), key_id(b"1")), cert(LEAF, name("a"), key_id(b"1")), cert(OTHER, name("B"), key_id(b"1")))
    ),
    "keys two nameless": pfx(data(key(KEY, key_id(b"1")), key(OTHER_KEY, key_id(b"2")), cert(LEAF, key_id(b"1")))),
    "nameless beside one called 1": pfx(data(key(KEY, name("1"), key_id(b"1")), key(OTHER_KEY, key_id(b"2")))),
    "names empty": pfx(data(key(KEY, name(""), key_id(b"1")))),
    "name twice": pfx(data(key(KEY, name("a"), name("b"), key_id(b"1")))),
    "name of two values": pfx(data(key(KEY, attribute("1.2.840.113549.1.9.20", tlv(0x1E, b"\0x"), tlv(0x1E, b"\0y")), key_id(b"1")))),
    "name without value": pfx(data(key(KEY, attribute("1.2.840.113549.1.9.20"), key_id(b"1")))),
    "name in utf-8": pfx(data(key(KEY, attribute("1.2.840.113549.1.9.20", tlv(0x0C, b"a")), key_id(b"1")))),
    "certificate by name only": pfx(data(K, cert(LEAF, name("A")))),
    "certificate by another id": pfx(data(K, cert(LEAF, key_id(b"2")))),
    "certificate of another key by id": pfx(data(K, cert(OTHER, key_id(b"1")), cert(LEAF))),
    "certificate broken": pfx(data(K, cert(LEAF[:-1], key_id(b"1")))),
    "certificate in pem": pfx(data(K, cert(read("leaf.pem"), key_id(b"1")))),
    "trusted": pfx(data(cert(ROOT, name("Root"), TRUSTED), cert(CA, name("ca")))),
    "trusted, nameless": pfx(data(cert(ROOT, TRUSTED), cert(OTHER, TRUSTED))),
    "trusted twice of one name": pfx(data(cert(ROOT, name("x"), TRUSTED), cert(OTHER, name("X"), TRUSTED))),
    "trusted, of a key": pfx(data(K, cert(LEAF, name("a"), key_id(b"1"), TRUSTED), cert(CA))),
    "trusted, in a chain": pfx(data(K, cert(LEAF, key_id(b"1")), cert(CA), cert(ROOT, name("root"), TRUSTED))),
    "chain out of order": pfx(data(cert(ROOT), cert(CA), cert(LEAF, key_id(b"1")), K)),
    "chain in another safe": pfx(data(cert(ROOT), cert(CA)), data(K), data(cert(LEAF, key_id(b"1")))),
    "chain in a circle": pfx(data(K, *LOOP)),
    "chain by key identifier": pfx(data(K, *BY_KEY)),
    "chain by name, two of them": pfx(data(K, BY_KEY[0].replace(b"second", b"thirdx"), *BY_KEY[1:])),
    "key not encrypted": pfx(data(bag("1", read("leaf.plain"), name("a"), key_id(b"1")), cert(LEAF, key_id(b"1")))),
    "key not encrypted, then another": pfx(data(bag("1", read("leaf.plain"), name("a")), key(OTHER_KEY, name("b")), cert(OTHER))),
    "key of another password": pfx(data(key(read("another.p8"), name("a"), key_id(b"1")), cert(LEAF, key_id(b"1")))),
    "key of another password, then one of this": pfx(data(key(read("another.p8"), name("a"), key_id(b"1")), key(OTHER_KEY, name("b"), key_id(b"2")), cert(OTHER, key_id(b"2")))),
    "key broken": pfx(data(key(seq(seq(oid("1.2.3.4")), tlv(4, b"x")), name("a"), key_id(b"1")))),
    "secret": pfx(data(bag("5", seq(oid(PKCS12 + "10.1.2"), tlv(0xA0, tlv(4, KEY))), name("s")))),
    "revocation list": pfx(data(bag("4", seq(oid("1.2.840.113549.1.9.23.1"), tlv(0xA0, tlv(4, b"x")))), K)),
    "safe in a safe": pfx(data(bag("6", seq(K)), cert(LEAF))),
    "safe empty": pfx(data()),
    "safes none": pfx(),
    "ber all": indefinite(pfx(ONE)),
    "ber safe in parts": pfx(ONE, wrap=in_parts),
    "ber safe inside indefinite": pfx(indefinite(ONE)),
    "ber contents in parts": pfx(seq(DATA, tlv(0xA0, in_parts(seq(K, cert(LEAF, key_id(b"1"))))))),
    "ber bags indefinite": pfx(seq(DATA, tlv(0xA0, tlv(4, indefinite(seq(indefinite(K), cert(LEAF, key_id(b"1")))))))),
}
for label, file in BY_HAND.items():
    keystore(f"hand {label}", "PKCS12", file)
EMPTY_KEY = {}
for label, password in (("b.1", b"\0\0"), ("b.2", b"")):
    keystore(f"hand password empty by {label}", "PKCS12", pfx(data(cert(ROOT, name("r"), TRUSTED)), password=password), "")

if __name__ == "__main__":
    for label, kind, password, file in KEYSTORES:
        print(label, kind, password, base64.b64encode(file).decode(), sep="\t")
