#!/usr/bin/env bash
# The life of a key pair in SAP Cloud Integration, against certmimic or a tenant: generate, have the signing request signed
# by a CA, import the reply, export, rename, back up, delete, restore. Needs curl and openssl, and checks every step.
#
#   examples/cloud-integration-key-lifecycle.sh [BASE_URL]            default http://127.0.0.1:8080
#   CLIENT_ID, CLIENT_SECRET, TOKEN_URL: of a service key; default: those of the scenario quickstart
set -euo pipefail

base=${1:-http://127.0.0.1:8080}
api=$base/api/v1
client=${CLIENT_ID:-sb-certmimic}:${CLIENT_SECRET:-certmimic-secret}
alias=drill-$$
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

hex() { printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n' | tr a-f A-F; }
fail() { echo "failed: $*" >&2; [ ! -s "$work/body" ] || { cat "$work/body" >&2; echo >&2; }; exit 1; }

# call STATUS METHOD PATH [CURL OPTIONS...] leaves the answer in $work/body.
call() {
    local expected=$1 method=$2 path=$3 status
    shift 3
    status=$(curl -sS -o "$work/body" -w '%{http_code}' -X "$method" -b "$work/cookies" -c "$work/cookies" \
        -H "Authorization: Bearer $token" -H "X-CSRF-Token: $csrf" -H 'Accept: application/json' "$@" "$api/$path")
    [ "$status" = "$expected" ] || fail "$method $path answered $status, expected $expected"
    echo "ok  $status $method $path"
}
has() { grep -qF -- "$1" "$work/body" || fail "expected $1"; }

token=$(curl -sS -u "$client" -d grant_type=client_credentials "${TOKEN_URL:-$base/oauth/token}" |
    sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')
[ -n "$token" ] || fail "no token"
csrf=$(curl -sS -o /dev/null -D - -b "$work/cookies" -c "$work/cookies" -H "Authorization: Bearer $token" -H 'X-CSRF-Token: Fetch' "$api/" |
    tr -d '\r' | sed -n 's/^[Xx]-[Cc][Ss][Rr][Ff]-[Tt]oken: //p')
[ -n "$csrf" ] || fail "no CSRF token"
json=(-H 'Content-Type: application/json')

# 1. a key pair, with a certificate that it signed itself
call 204 POST KeyPairGenerationRequests "${json[@]}" -d '{"Hexalias":"00","Alias":"'$alias'","KeySize":2048,"CommonName":"'$alias'","Organization":"Example","Country":"DE"}'
call 200 GET "KeystoreEntries('$(hex $alias)')"
has '"Type":"Key Pair"'

# 2. its signing request, and a CA that signs it
call 200 GET "KeystoreEntries('$(hex $alias)')/SigningRequest/\$value"
cp "$work/body" "$work/request.pem"
openssl req -in "$work/request.pem" -verify -noout 2> "$work/verified" || fail "$(cat "$work/verified")"
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/ca.key" -out "$work/ca.pem" -days 30 -subj "/CN=Drill CA $$" 2> /dev/null
openssl x509 -req -in "$work/request.pem" -CA "$work/ca.pem" -CAkey "$work/ca.key" -CAcreateserial -days 10 -sha256 -out "$work/reply.pem" 2> /dev/null
cat "$work/reply.pem" "$work/ca.pem" > "$work/chain.pem"

# 3. its reply: refused while nobody trusts the CA, taken once the fingerprint was compared
call 409 PUT "CertificateChainResources('$(hex $alias)')/\$value" --data-binary @"$work/chain.pem"
has notTrusted
call 204 PUT "CertificateChainResources('$(hex $alias)')/\$value?fingerprintVerified=true" --data-binary @"$work/chain.pem"
call 200 GET "KeystoreEntries('$(hex $alias)')/ChainCertificates"
has '"Index":1'

# 4. export
call 200 GET "KeystoreEntries('$(hex $alias)')/Certificate/\$value"
cmp -s <(openssl x509 -in "$work/body" -outform DER) <(openssl x509 -in "$work/reply.pem" -outform DER) || fail "the exported certificate is another"
openssl verify -CAfile "$work/ca.pem" "$work/body" > /dev/null || fail "the exported certificate does not verify"

# 5. rename
call 200 PUT "KeystoreEntries('$(hex $alias)')?renameAlias=$alias-renamed&returnHexAlias=true" "${json[@]}" -d '{"Status":null}'
has "[$(hex $alias-renamed)]"

# 6. back up, delete, restore
call 204 POST "KeystoreResources?returnKeystoreEntries=false" "${json[@]}" -d '{"Name":"backup_admin_system"}'
call 204 DELETE "KeystoreEntries('$(hex $alias-renamed)')"
call 404 GET "KeystoreEntries('$(hex $alias-renamed)')"
call 200 PUT "KeystoreResources('system')?retrieveBackup=backup_admin_system" "${json[@]}" -d '{"Resource":null}'
has '"Status":"new"'
call 200 GET "KeystoreEntries('$(hex $alias-renamed)')/ChainCertificates"
has '"Index":1'

# 7. leave nothing behind
call 204 PUT "KeystoreResources('system')?deleteEntries=true&returnKeystoreEntries=false" "${json[@]}" -d '{"Aliases":"'$alias'-renamed"}'
echo "done: the key pair lived its whole life"
