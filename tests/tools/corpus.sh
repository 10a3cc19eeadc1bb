#!/usr/bin/env bash
# Makes certificates of every kind in a directory: corpus.sh DIR. Keys are made once and used many times, so it takes
# some ten seconds. What OpenSSL refuses to make is left out; the test says how many there are.
#
# Each certificate is one DER file; its name says what is odd about it.
set -uo pipefail
pool=$(cd "$(dirname "$0")/../../src/pki/generate/pool" && pwd)
cd "$1"
trap 'rm -rf keys ca' EXIT
mkdir -p keys ca

key() { openssl genpkey -out "keys/$1" "${@:2}" 2>/dev/null; }
# self NAME KEY OPTIONS... is self-signed
self() { openssl req -x509 -utf8 -new -key "keys/$2" -out "$1.der" -outform DER -days 3000 "${@:3}" 2>/dev/null || rm -f "$1.der"; }

# Keys ----------------------------------------------------------------------------------------------------------------
rsa="512 1023 1024 1536 2047 2048 3072 4096"
curves="secp112r1 secp128r1 secp160k1 secp160r1 secp192k1 prime192v1 prime239v1 secp224k1 secp224r1 prime256v1 secp256k1
    secp384r1 secp521r1 sect163k1 sect163r2 sect233k1 sect283r1 sect409k1 sect571r1 c2tnb191v1 brainpoolP160r1
    brainpoolP256r1 brainpoolP384r1 brainpoolP512r1 wap-wsg-idm-ecid-wtls1"
for bits in $rsa; do key "rsa-$bits" -algorithm RSA -pkeyopt "rsa_keygen_bits:$bits"; done
key rsa-e3 -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3
key pss -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048
for curve in $curves; do key "ec-$curve" -algorithm EC -pkeyopt "ec_paramgen_curve:$curve" -pkeyopt ec_param_enc:named_curve; done
key ec-explicit -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit
for bits in 1024 2048 3072; do
    { echo '-----BEGIN DSA PARAMETERS-----'; base64 "$pool/test-dsa-$bits.der"; echo '-----END DSA PARAMETERS-----'; } > keys/parameters
    openssl gendsa -out "keys/dsa-$bits" keys/parameters 2>/dev/null
done
key ed25519 -algorithm Ed25519
key ed448 -algorithm Ed448

# Signatures: each kind of key with each digest -----------------------------------------------------------------------
for bits in $rsa; do
    for digest in md5 sha1 sha224 sha256 sha384 sha512; do self "rsa-$bits-$digest" "rsa-$bits" -subj "/CN=$bits" "-$digest"; done
done
for digest in sha512-224 sha512-256 sha3-224 sha3-256 sha3-384 sha3-512; do self "rsa-2048-$digest" rsa-2048 -subj /CN=x "-$digest"; done
for digest in sha1 sha224 sha256 sha384 sha512; do
    for salt in digest max 20; do
        self "pss-$digest-$salt" rsa-2048 -subj /CN=PSS "-$digest" -sigopt rsa_padding_mode:pss -sigopt "rsa_pss_saltlen:$salt"
    done
done
self pss-mask rsa-2048 -subj /CN=PSS -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_mgf1_md:sha1
self pss-key pss -subj /CN=PSS -sha256
self rsa-e3 rsa-e3 -subj /CN=e3
for curve in $curves; do for digest in sha1 sha256 sha512; do self "ec-$curve-$digest" "ec-$curve" -subj "/CN=$curve" "-$digest"; done; done
for digest in sha224 sha384 sha3-256; do self "ec-prime256v1-$digest" ec-prime256v1 -subj /CN=x "-$digest"; done
self ec-explicit ec-explicit -subj /CN=explicit
for bits in 1024 2048 3072; do
    for digest in sha1 sha224 sha256 sha384 sha512; do self "dsa-$bits-$digest" "dsa-$bits" -subj "/CN=$bits" "-$digest"; done
done
self ed25519 ed25519 -subj /CN=Ed25519
self ed448 ed448 -subj /CN=Ed448

# Names ---------------------------------------------------------------------------------------------------------------
count=0
name() { self "name-$((count += 1))" ec-prime256v1 -subj "$@"; }
for value in 'VeriSign, Inc.' ' lead' 'trail ' 'a  b' '#hash' 'a#b' '"quoted"' 'say "hi"' 'back\\slash' '<x>;y=z' 'Müller & Söhne' \
    '東京' '😀' '*.example.com' "it's (c) 2008" '@' '1' 'a.b-c/d' 'UPPER lower' 'Ñandú' 'tab	tab' 'x\+y'; do
    name "/C=DE/O=${value//\//\\/}/CN=x"
done
name '/C=DE/CN=multi+UID=u1/OU=x'
name '/OU=z+CN=a+emailAddress=m@x.org'
name '/DC=org/DC=example/OU=a/OU=b/OU=c/CN=deep'
name '/C=DE/ST=Bayern/L=M/street=S 1/O=o/OU=ou/CN=cn/title=T/SN=s/GN=g/initials=i/generationQualifier=q/dnQualifier=d/serialNumber=7/UID=u/DC=d/emailAddress=e@x'
name '/postalCode=69190/businessCategory=b/jurisdictionC=DE/pseudonym=p/name=n/description=d/unstructuredName=u'
name '/1.2.3.4.5=x/2.5.4.97=VATDE-1/CN=y'
name "/CN=$(printf 'x%.0s' {1..64})/OU=$(printf 'y%.0s' {1..64})"
name / -addext 'subjectAltName=critical,DNS:x.example'
for mask in MASK:2048 MASK:256 MASK:4 MASK:2 default utf8only; do
    printf '[req]\nstring_mask=%s\ndistinguished_name=dn\n[dn]\n' "$mask" > ca/config
    name '/C=DE/O=Müller, "x"/CN=a  b' -config ca/config
done

# Serial numbers and versions -----------------------------------------------------------------------------------------
for serial in 0 1 0x7F 0x80 0xFF 0x100 0x8000 0x11F11 0xC8EE0C90D6A89158804061EE241F911 -1 -0x7F -0x80 -0x81 -0x1F11 \
    0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0x0102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F; do
    self "serial-$serial" ec-prime256v1 -subj /CN=serial -set_serial "$serial"
done
for kind in rsa-2048 ec-prime256v1 dsa-2048 ed25519; do
    openssl req -new -key "keys/$kind" -subj "/CN=$kind" 2>/dev/null |
        openssl x509 -req -signkey "keys/$kind" -days 9 -out "v1-$kind.der" -outform DER 2>/dev/null
done

# Dates ---------------------------------------------------------------------------------------------------------------
printf '[ca]\ndefault_ca=d\n[d]\ndatabase=ca/index\nnew_certs_dir=ca\nrand_serial=yes\npolicy=p\nunique_subject=no\n[p]\n' > ca/config
openssl req -new -key keys/ec-prime256v1 -subj /CN=dates -out ca/request 2>/dev/null
for dates in 19500101000000Z-19700101000000Z 19491231235959Z-19500101000000Z 19691231235959Z-19700101000001Z \
    19991231235959Z-20000229120000Z 20000101000000Z-20491231235959Z 20491231235959Z-20500101000000Z \
    20500101000000Z-20991231235959Z 18000101000000Z-99991231235959Z 20380119031407Z-20380119031408Z 20260101000000Z-20250101000000Z; do
    : > ca/index
    openssl ca -batch -config ca/config -selfsign -keyfile keys/ec-prime256v1 -in ca/request -preserveDN -notext -md sha256 \
        -startdate "${dates%-*}" -enddate "${dates#*-}" -out ca/certificate 2>/dev/null &&
        openssl x509 -in ca/certificate -outform DER -out "dates-$dates.der"
done

# keytool's own -------------------------------------------------------------------------------------------------------
if command -v keytool > /dev/null; then
    for arguments in '-keyalg RSA -keysize 2048 -sigalg SHA384withRSA' '-keyalg EC -groupname secp384r1' '-keyalg Ed25519'; do
        rm -f ca/store
        keytool -genkeypair $arguments -alias x -keystore ca/store -storepass changeit -dname 'CN="Duke, Jr.", OU=Java  Software+UID=1, C=US' 2>/dev/null &&
            keytool -exportcert -alias x -keystore ca/store -storepass changeit -file "keytool-$((count += 1)).der" 2>/dev/null
    done
fi
exit 0
