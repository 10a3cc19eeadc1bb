#!/usr/bin/env bash
# Makes the pool of TEST keys anew, with OpenSSL 3. Never use one of these keys for anything but tests: they are public.
#
#   test-rsa-BITS.bin   the primes p and q of each key, big endian, one after the other; the public exponent is 65537
#   test-dsa-BITS.der   DSA parameters (Dss-Parms)
set -euo pipefail
cd "$(dirname "$0")"

# primes BITS prints p and q of a new key in hex: the fifth and sixth INTEGER of its RSAPrivateKey.
primes() {
    openssl genpkey -algorithm RSA -pkeyopt "rsa_keygen_bits:$1" 2>/dev/null |
        openssl rsa -traditional 2>/dev/null | openssl asn1parse |
        sed -n 's/.*INTEGER *://p' | sed -n 5,6p
}
pool() {
    for _ in $(seq "$2"); do primes "$1"; done | xxd -r -p > "test-rsa-$1.bin"
}
pool 2048 8
pool 3072 4
pool 4096 4
for bits in 1024 2048 3072 4096; do
    openssl dsaparam -outform DER -out "test-dsa-$bits.der" "$bits" 2>/dev/null
done
