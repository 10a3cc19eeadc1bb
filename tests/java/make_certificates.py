"""Files in which a certificate may come, one a line: name, tab, base64. Judge.java says what the JDK makes of each.

    python3 make_certificates.py > list && java Judge.java certificates list
"""

import base64
import re


def tlv(tag, *parts):
    content = b"".join(parts)
    length = len(content)
    if length < 128:
        return bytes([tag, length]) + content
    digits = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(digits)]) + digits + content


def indefinite(element):
    """The same element with an indefinite length."""
    skip = 2 + (element[1] & 0x7F if element[1] & 0x80 else 0)
    return element[:1] + b"\x80" + element[skip:] + b"\0\0"


def long_form(element):
    """The same element with four octets of length."""
    skip = 2 + (element[1] & 0x7F if element[1] & 0x80 else 0)
    return element[:1] + b"\x84" + (len(element) - skip).to_bytes(4, "big") + element[skip:]


def seq(*parts):
    return tlv(0x30, *parts)


def oid(dotted):
    first, second, *rest = map(int, dotted.split("."))
    out = b""
    for arc in [first * 40 + second, *rest]:
        digits = [arc & 0x7F]
        while arc := arc >> 7:
            digits.insert(0, arc & 0x7F | 0x80)
        out += bytes(digits)
    return tlv(6, out)


def integer(number, length=None):
    length = length or number.bit_length() // 8 + 1
    return tlv(2, number.to_bytes(length, "big", signed=True))


def bits(content, unused=0):
    return tlv(3, bytes([unused]), content)


NULL = b"\x05\0"
SHA256_RSA = seq(oid("1.2.840.113549.1.1.11"), NULL)
SHA256_ECDSA = seq(oid("1.2.840.10045.4.3.2"))


def rdn(value, kind="2.5.4.3", tag=0x0C):
    return tlv(0x31, seq(oid(kind), tlv(tag, value)))


NAME = seq(rdn(b"DE", "2.5.4.6", 0x13), rdn(b"Example"))
TIMES = seq(tlv(0x17, b"250101000000Z"), tlv(0x17, b"350101000000Z"))


def rsa(modulus_bits=1024, exponent=65537, algorithm="1.2.840.113549.1.1.1", parameters=NULL):
    modulus = (1 << (modulus_bits - 1)) | 0x0123456789ABCDEF0123456789ABCDEF
    return seq(seq(oid(algorithm), parameters), bits(seq(integer(modulus), integer(exponent))))


def ec(point, parameters=oid("1.2.840.10045.3.1.7")):
    return seq(seq(oid("1.2.840.10045.2.1"), parameters), bits(point))


def extension(kind, value, critical=None):
    flag = b"" if critical is None else tlv(1, critical)
    return seq(oid(kind), flag, tlv(4, value))


YES = b"\xff"
SAN = "2.5.29.17"
BASIC = "2.5.29.19"
USAGE = "2.5.29.15"
PURPOSE = "2.5.29.37"
EXPLICIT_P256 = seq(
    integer(1),
    seq(oid("1.2.840.10045.1.1"), integer(2**256 - 2**224 + 2**192 + 2**96 - 1)),
    seq(tlv(4, b"\xff" * 31 + b"\xfc"), tlv(4, b"\x5a" * 32)),
    tlv(4, b"\x04" + b"\x11" * 64),
    integer(2**256 - 2**224 + 7),
    integer(1),
)


def signed(version=2, serial=integer(5), algorithm=SHA256_RSA, issuer=NAME, times=TIMES, subject=NAME, key=None, *rest):
    head = b"" if version is None else tlv(0xA0, version if isinstance(version, bytes) else integer(version))
    return seq(head, serial, algorithm, issuer, times, subject, key or rsa(), *rest)


def certificate(tbs, algorithm=SHA256_RSA, signature=bits(b"Z" * 128)):
    return seq(tbs, algorithm, signature)


def made(*rest, **parts):
    fields = dict(version=2, serial=integer(5), algorithm=SHA256_RSA, issuer=NAME, times=TIMES, subject=NAME, key=None)
    fields.update(parts)
    return certificate(signed(*fields.values(), *rest))


def extended(*extensions, **parts):
    return made(tlv(0xA3, seq(*extensions)), **parts)


def base64_lines(der, end="\n"):
    text = base64.b64encode(der).decode()
    return "".join(text[at : at + 64] + end for at in range(0, len(text), 64))


def pem(der, label="CERTIFICATE", end="\n", last=None):
    return f"-----BEGIN {label}-----{end}{base64_lines(der, end)}-----END {label}-----{end if last is None else last}"


DER = made()
OTHER = made(serial=integer(6))
PEM = pem(DER)
BODY = base64_lines(DER)
BEGIN, END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
ONE_LINE = BODY.replace("\n", "")
# Its base64 ends with padding, whatever the length of the certificate above is.
PADDED = next(c for c in (made(serial=integer(5, n)) for n in range(1, 4)) if base64.b64encode(c).endswith(b"=="))
PKCS8 = seq(integer(0), seq(oid("1.2.840.113549.1.1.1"), NULL), tlv(4, seq(*[integer(3)] * 9)))
DATA = seq(oid("1.2.840.113549.1.7.1"))
SET = tlv(0x31)


def pkcs7(*certificates):
    inner = seq(integer(1), SET, DATA, tlv(0xA0, *certificates), SET)
    return seq(oid("1.2.840.113549.1.7.2"), tlv(0xA0, inner))


FRAMES = {
    "empty": b"",
    "one byte": b"0",
    "der and another": DER + OTHER,
    "der and pem": DER + b"\n" + PEM.encode(),
    "der and a key in pem": DER + b"\n" + pem(PKCS8, "PRIVATE KEY").encode(),
    "der cut inside the length": DER[:2],
    "der cut by one": DER[:-1],
    "der length of five octets": b"\x30\x85\0" + len(DER[4:]).to_bytes(4, "big") + DER[4:],
    "der length above 2 GiB": b"\x30\x84\xff\xff\xff\xff" + DER[4:],
    "der tagged as a set": b"\x31" + DER[1:],
    "der with a tag of two bytes": b"\x3f\x30" + DER[1:],
    "ber indefinite": indefinite(DER),
    "ber indefinite and another": indefinite(DER) + OTHER,
    "ber indefinite twice": indefinite(certificate(indefinite(signed()))),
    "ber indefinite, in pem": pem(indefinite(DER)).encode(),
    "ber signed part indefinite": certificate(indefinite(signed())),
    "ber name part indefinite": made(issuer=seq(indefinite(rdn(b"Example")))),
    "ber issuer indefinite": made(issuer=indefinite(NAME)),
    "ber signature algorithm indefinite": certificate(signed(), indefinite(SHA256_RSA)),
    "ber long lengths inside": made(issuer=long_form(NAME), serial=long_form(integer(5))),
    "ber long length, in pem": pem(long_form(DER)).encode(),
    "pem carriage returns": PEM.replace("\n", "\r"),
    "pem carriage returns, then text": PEM.replace("\n", "\r") + "text\r",
    "pem line ends mixed": PEM.replace("\n", "\r\n", 3),
    "pem end without line end": pem(DER, end="\r\n", last=""),
    "pem tab first": "\t" + PEM,
    "pem line end, then tab": "\n\t" + PEM,
    "pem after a carriage return": "text\r" + PEM,
    "pem blanks after begin": PEM.replace(BEGIN, BEGIN + "  \t"),
    "pem no-break space after begin": PEM.replace(BEGIN, BEGIN + "\xa0").encode("latin-1"),
    "pem blanks after end": PEM.replace(END, END + "  \t"),
    "pem text after end, same line": PEM.replace(END, END + " the end"),
    "pem end lacks a hyphen": PEM.replace(END, END[:-1]),
    "pem end lacks its first hyphen": PEM.replace(END, END[1:]),
    "pem six hyphens": "-" + PEM,
    "pem four hyphens": PEM[1:],
    "pem two blanks in begin": PEM.replace("BEGIN ", "BEGIN  "),
    "pem two blanks in both": PEM.replace("BEGIN ", "BEGIN  ").replace("END ", "END  "),
    "pem label private key": pem(DER, "PRIVATE KEY"),
    "pem label request": pem(DER, "CERTIFICATE REQUEST"),
    "pem label trusted": pem(DER, "TRUSTED CERTIFICATE"),
    "pem label pkcs7": pem(DER, "PKCS7"),
    "pem label other at the end": PEM.replace(END, "-----END X509 CERTIFICATE-----"),
    "pem label with umlaut": pem(DER, "ZERTIFIKAT F\xdcR"),
    "pem comment inside": PEM.replace("\n", "\n# comment\n", 1),
    "pem hyphen inside": PEM.replace("\n", "\n-", 1),
    "pem blank lines inside": PEM.replace("\n", "\n\n"),
    "pem vertical tab inside": PEM.replace("\n", "\n\x0b", 1),
    "pem no-break space inside": PEM.replace("\n", "\n\xa0", 1).encode("latin-1"),
    "pem padding missing": pem(PADDED).replace("==", ""),
    "pem padding half missing": pem(PADDED).replace("==", "="),
    "pem padding apart": pem(PADDED).replace("==", "= ="),
    "pem padding too long": pem(PADDED).replace("==", "==="),
    "pem bits left over": pem(PADDED).replace("A==", "B==").replace("o==", "p=="),
    "pem a digit missing": PEM.replace(BODY, BODY[:20] + BODY[21:]),
    "pem a digit too many": PEM.replace(BODY, BODY[:20] + "A" + BODY[20:]),
    "pem nothing inside": f"{BEGIN}\n{END}\n",
    "pem begin only": BEGIN + "\n",
    "pem begin without line end": BEGIN,
    "pem end only": END + "\n",
    "pem body without end": f"{BEGIN}\n{BODY}",
    "pem utf-16 little endian": ("\ufeff" + PEM).encode("utf-16-le"),
    "pem utf-16 big endian": PEM.encode("utf-16-be"),
    "pem openssl text before": f"Certificate:\n    Data:\n        Version: 3 (0x2)\n{PEM}",
    "pem bag attributes before": f"Bag Attributes\n    localKeyID: 01 \nsubject=CN = x\n\n{PEM}",
    "pem rule before": f"-----\n{PEM}",
    "pem heading before": f"Certificate\n-----------\n{PEM}",
    "pem key before": pem(PKCS8, "PRIVATE KEY") + PEM,
    "pem key after": PEM + pem(PKCS8, "PRIVATE KEY"),
    "pem request before": pem(seq(integer(0)), "CERTIFICATE REQUEST") + PEM,
    "pem parameters before": pem(oid("1.2.840.10045.3.1.7"), "EC PARAMETERS") + PEM,
    "pem three": PEM + pem(OTHER) + PEM,
    "pem two without line end between": pem(DER, last="") + pem(OTHER),
    "pem two, text between": f"{PEM}text\n\ntext{pem(OTHER)}",
    "pem two, second broken": PEM + pem(OTHER).replace("\n", "\n*", 1),
    "pem two, second empty": PEM + f"{BEGIN}\n{END}\n",
    "pem and der": PEM.encode() + OTHER,
    "pem quoted": f'"{PEM}"',
    "pem as a string of json": '"' + PEM.replace("\n", "\\n") + '"',
    "pem in brackets": f"[{PEM}]",
    "pem in blanks": PEM.replace("\n", " "),
    "base64 on lines": BODY,
    "base64 on one line": ONE_LINE,
    "base64 with carriage returns": BODY.replace("\n", "\r\n"),
    "base64 without padding": base64_lines(PADDED).strip().rstrip("="),
    "base64 blank lines around": f"\n\n{BODY}\n\n",
    "base64 url-safe": base64.urlsafe_b64encode(certificate(signed(), signature=bits(b"\xff\xef\xbe" * 40))),
    "base64 of pem": base64.b64encode(PEM.encode()),
    "base64 of base64": base64.b64encode(ONE_LINE.encode()),
    "base64 of text": base64.b64encode(b"no certificate at all"),
    "hexadecimal": DER.hex(),
    "hexadecimal in pairs": DER.hex(":"),
    "html": f"<html><body><pre>\n{PEM}</pre></body></html>",
    "pkcs7": pkcs7(DER, OTHER),
    "pkcs7 in ber": indefinite(pkcs7(DER, OTHER)),
    "pkcs7 in pem": pem(pkcs7(DER, OTHER), "PKCS7"),
    "pkcs7 in pem, label certificate": pem(pkcs7(DER, OTHER)),
    "pkcs7 without certificates": pkcs7(),
    "pkcs7 with a broken certificate": pkcs7(made(issuer=seq())),
    "pkcs7 and pem": pem(pkcs7(DER), "PKCS7") + PEM,
    "pem and pkcs7": PEM + pem(pkcs7(DER), "PKCS7"),
    "path": seq(DER, OTHER),
}

PARTS = {
    "v3 without extensions": made(),
    "version 4": made(version=3),
    "version -1": made(version=-1),
    "version of nine bytes": made(version=integer(2**64)),
    "version and another": made(version=integer(2) + integer(2)),
    "version no number": made(version=tlv(4, b"\2")),
    "v2 with extensions": extended(version=1),
    "v1 stated": made(version=0),
    "serial zero": made(serial=integer(0)),
    "serial without bytes": made(serial=tlv(2)),
    "serial a string": made(serial=tlv(4, b"\5")),
    "serial of 300 bytes": made(serial=integer(2**2390)),
    "issuer empty": made(issuer=seq()),
    "issuer of empty sets": made(issuer=seq(SET, SET)),
    "issuer a set": made(issuer=tlv(0x31)),
    "subject empty, v1": made(version=None, subject=seq()),
    "subject empty, extensions without a name": extended(extension(BASIC, seq()), subject=seq()),
    "subject empty, san critical": extended(extension(SAN, seq(tlv(0x82, b"a.example")), YES), subject=seq()),
    "subject empty, san without names": extended(extension(SAN, seq(), YES), subject=seq()),
    "subject empty, san twice": extended(*[extension(SAN, seq(tlv(0x82, b"a")), YES)] * 2, subject=seq()),
    "name part a sequence": made(subject=seq(seq(seq(oid("2.5.4.3"), tlv(0x0C, b"x"))))),
    "name attribute of three": made(subject=seq(tlv(0x31, seq(oid("2.5.4.3"), tlv(0x0C, b"x"), NULL)))),
    "name attribute without value": made(subject=seq(tlv(0x31, seq(oid("2.5.4.3"))))),
    "name attributes two in one": made(subject=seq(tlv(0x31, rdn(b"a")[2:], rdn(b"b", "2.5.4.11")[2:]))),
    "name bmp of one byte": made(subject=seq(rdn(b"a", tag=0x1E))),
    "name bmp surrogates": made(subject=seq(rdn("\U0001f600".encode("utf-16-be"), tag=0x1E))),
    "name utf-8 broken": made(subject=seq(rdn(b"\xff\xfe"))),
    "name without bytes": made(subject=seq(rdn(b""))),
    "name a structure": made(subject=seq(tlv(0x31, seq(oid("2.5.4.3"), seq(NULL))))),
    "name oid not ended": made(subject=seq(tlv(0x31, seq(tlv(6, b"\x55\x84"), tlv(0x0C, b"x"))))),
    "name oid useless octet": made(subject=seq(tlv(0x31, seq(tlv(6, b"\x55\x80\x03"), tlv(0x0C, b"x"))))),
    "times three": made(times=seq(*[tlv(0x17, b"250101000000Z")] * 3)),
    "times one": made(times=seq(tlv(0x17, b"250101000000Z"))),
    "times a set": made(times=tlv(0x31, TIMES[2:])),
    "time without seconds": made(times=seq(tlv(0x17, b"2501010000Z"), tlv(0x17, b"3501010000Z"))),
    "time without seconds, offset": made(times=seq(tlv(0x17, b"2501010000+0100"), tlv(0x17, b"350101000000Z"))),
    "time february 31": made(times=seq(tlv(0x17, b"250231000000Z"), tlv(0x17, b"350101000000Z"))),
    "time hour 24": made(times=seq(tlv(0x17, b"250101240000Z"), tlv(0x17, b"350101000000Z"))),
    "time without zone": made(times=seq(tlv(0x17, b"250101000000"), tlv(0x17, b"350101000000Z"))),
    "time fraction": made(times=seq(tlv(0x18, b"20250101000000.25Z"), tlv(0x18, b"20350101000000,5Z"))),
    "time fraction empty": made(times=seq(tlv(0x18, b"20250101000000.Z"), tlv(0x17, b"350101000000Z"))),
    "time offset of a day": made(times=seq(tlv(0x17, b"250101000000+2400"), tlv(0x17, b"350101000000Z"))),
    "time year 0": made(times=seq(tlv(0x18, b"00000101000000Z"), tlv(0x17, b"350101000000Z"))),
    "time a string": made(times=seq(tlv(0x0C, b"250101000000Z"), tlv(0x17, b"350101000000Z"))),
    "algorithm without null inside": made(algorithm=seq(oid("1.2.840.113549.1.1.11"))),
    "algorithm null with content": made(algorithm=seq(oid("1.2.840.113549.1.1.11"), tlv(5, b"\0"))),
    "algorithm of three": made(algorithm=seq(oid("1.2.840.113549.1.1.11"), NULL, NULL)),
    "algorithm unknown": certificate(signed(algorithm=seq(oid("1.2.3.4"))), seq(oid("1.2.3.4"))),
    "algorithm oid empty": made(algorithm=seq(tlv(6))),
    "algorithm parameters differ": made(algorithm=seq(oid("1.2.840.113549.1.1.11"), integer(1))),
    "signature unused bits 8": certificate(signed(), signature=bits(b"Z" * 128, 8)),
    "signature without bytes": certificate(signed(), signature=tlv(3)),
    "signature octets": certificate(signed(), signature=tlv(4, b"Z" * 128)),
    "signed part a set": certificate(b"\x31" + signed()[1:]),
    "parts two": seq(signed(), SHA256_RSA),
    "parts none": seq(),
    "key bytes after": made(key=seq(seq(oid("1.2.840.113549.1.1.1"), NULL), bits(b"\x30\x06\2\1\7\2\1\3"), NULL)),
    "key unused bits": made(key=seq(seq(oid("1.2.3.4")), bits(b"\xf0", 4))),
    "key rsa of 505 bits": made(key=rsa(505)),
    "key rsa of 504 bits": made(key=rsa(504)),
    "key rsa of 16384 bits": made(key=rsa(16384)),
    "key rsa of 16392 bits": made(key=rsa(16392)),
    "key rsa exponent 3": made(key=rsa(exponent=3)),
    "key rsa exponent even": made(key=rsa(exponent=4)),
    "key rsa exponent of 65 bits": made(key=rsa(3072, 2**64 + 1)),
    "key rsa exponent of 65 bits, modulus of 3080": made(key=rsa(3080, 2**64 + 1)),
    "key rsa exponent is the modulus": made(key=rsa(512, (1 << 511) | 0x0123456789ABCDEF0123456789ABCDEF)),
    "key rsa three numbers": made(key=seq(rsa()[3:18], bits(seq(*[integer(2**600)] * 2, integer(3))))),
    "key rsa parameters missing": made(key=rsa(parameters=b"")),
    "key rsa parameters a number": made(key=rsa(parameters=integer(1))),
    "key pss": made(key=rsa(algorithm="1.2.840.113549.1.1.10", parameters=b"")),
    "key ec explicit parameters": made(key=ec(b"\4" + b"\x22" * 64, EXPLICIT_P256)),
    "key ec unknown curve": made(key=ec(b"\4" + b"\x22" * 64, oid("1.2.3.4"))),
    "key ec without parameters": made(key=ec(b"\4" + b"\x22" * 64, b"")),
    "key ec compressed": made(key=ec(b"\2" + b"\x22" * 32)),
    "key ec hybrid": made(key=ec(b"\6" + b"\x22" * 64)),
    "key ec point a byte longer": made(key=ec(b"\4" + b"\x22" * 65)),
    "key ec point two bytes longer": made(key=ec(b"\4" + b"\x22" * 66)),
    "key ec at infinity": made(key=ec(b"\0")),
    "key brainpool": made(key=ec(b"\4" + b"\x22" * 64, oid("1.3.36.3.3.2.8.1.1.7"))),
    "key binary curve": made(key=ec(b"\4" + b"\x22" * 60, oid("1.3.132.0.26"))),
    "key dsa without parameters": made(key=seq(seq(oid("1.2.840.10040.4.1")), bits(integer(5)))),
    "key dsa two parameters": made(key=seq(seq(oid("1.2.840.10040.4.1"), seq(integer(3), integer(5))), bits(integer(5)))),
    "key dsa": made(key=seq(seq(oid("1.2.840.10040.4.1"), seq(*[integer(5)] * 3)), bits(integer(5)))),
    "key dsa no number": made(key=seq(seq(oid("1.2.840.10040.4.1")), bits(b"\4\1\5"))),
    "key ed25519 of 31 bytes": made(key=seq(seq(oid("1.3.101.112")), bits(b"\x22" * 31))),
    "key ed448": made(key=seq(seq(oid("1.3.101.113")), bits(b"\x22" * 57))),
    "key x448": made(key=seq(seq(oid("1.3.101.111")), bits(b"\x22" * 56))),
    "extensions none": extended(),
    "extensions a set": made(tlv(0xA3, tlv(0x31, extension(BASIC, seq())))),
    "extensions twice the same": extended(*[extension(BASIC, seq())] * 2),
    "extensions twice the same, unreadable": extended(*[extension(BASIC, b"\xff")] * 2),
    "extensions twice the same, unknown": extended(*[extension("1.2.3.4", b"")] * 2),
    "extension basic constraints critical, unreadable": extended(extension(BASIC, b"\xff", YES)),
    "extension key usage critical, unreadable": extended(extension(USAGE, seq(), YES)),
    "extension purposes critical, unreadable": extended(extension(PURPOSE, integer(1), YES)),
    "extension san critical, unreadable": extended(extension(SAN, b"\xff", YES)),
    "extension unknown critical, unreadable": extended(extension("1.2.3.4", b"\xff", YES)),
    "extension critical by 1": extended(extension("1.2.3.4", b"", b"\1")),
    "extension critical by two bytes": extended(extension("1.2.3.4", b"", b"\xff\xff")),
    "extension without value": extended(seq(oid("1.2.3.4"))),
    "extension value a sequence": extended(seq(oid("1.2.3.4"), seq())),
    "extension in parts": extended(seq(oid(BASIC), tlv(0x24, tlv(4, b"\x30"), tlv(4, b"\0")))),
    "identifiers": made(tlv(0x81, b"\0\1"), tlv(0x82, b"\0\2"), tlv(0xA3, seq()), version=2),
    "identifier, v1": made(tlv(0x81, b"\0\1"), version=None),
    "identifier without bytes": made(tlv(0x81)),
    "field 4": made(tlv(0xA4, seq())),
    "field after the extensions": made(tlv(0xA3, seq()), tlv(0xA4, seq())),
}

if __name__ == "__main__":
    for prefix, files in (("", FRAMES), ("x ", PARTS)):
        for name, file in files.items():
            content = file.encode() if isinstance(file, str) else file
            assert re.fullmatch(r"[ -~]+", name)
            print(f"{prefix}{name}\t{base64.b64encode(content).decode()}")
