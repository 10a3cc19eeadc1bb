#!/bin/sh
# Rehearses the renewal of certificates in SAP API Management: a gateway's key store and its clients' trust store are
# replaced behind references, without touching the virtual host. Every step checks its answer.
#
#   certmimic serve --scenario rotation &
#   examples/api-management-rotation.sh [http://127.0.0.1:8080]
#
# Needs curl, base64, grep and sed. It changes the world that it talks to: start the server anew to run it again.
set -eu

url=${1:-${CERTMIMIC_URL:-http://127.0.0.1:8080}}
management=$url/apiportal/api/1.0/Management.svc
requests=$url/apiportal/operations/1.0/Configuration.svc/VirtualHostRequests
fixtures=$(dirname "$0")/../fixtures
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
step=0

fail() {
    echo "FAILED: $1" >&2
    cat "$answer" >&2
    echo >&2
    exit 1
}

# token CLIENT: a token for the client, by client credentials.
token() {
    curl -sS -X POST -u "$1:certmimic-secret" "$url/oauth/token?grant_type=client_credentials" |
        sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p'
}

# expect STATUS WHAT TOKEN METHOD URL [BODY]: one request; its answer is in $answer.
expect() {
    step=$((step + 1))
    expected=$1 what=$2 bearer=$3 method=$4 target=$5
    shift 5
    [ $# -eq 0 ] || set -- --data-binary "$1"
    status=$(curl -sS -o "$answer" -w '%{http_code}' -X "$method" \
        -H "Authorization: Bearer $bearer" -H 'Accept: application/json' -H 'Content-Type: application/json' \
        "$@" "$target") || fail "$what: no answer from $url"
    [ "$status" = "$expected" ] || fail "$what: expected $expected, got $status"
    echo "$step. $what: $status"
}

# says TEXT...: the last answer has each of these texts.
says() {
    for text in "$@"; do
        grep -qF -- "$text" "$answer" || fail "the answer does not say $text"
    done
}

administrator=$(token sb-certmimic)
selfservice=$(token sb-selfservice)
if [ -z "$administrator" ] || [ -z "$selfservice" ]; then
    : > "$answer"
    fail "no token from $url: is certmimic serving the scenario rotation there?"
fi

echo "The gateway's certificate"
expect 200 "the reference points to the store of the certificate that runs out" "$administrator" \
    GET "$management/CertificateStoreReferences('gateway')"
says '"certificateStoreName":"gateway-2025"' '"storeType":"KEYSTORE"'
expect 200 "the next store has a certificate of the same alias" "$administrator" \
    GET "$management/Certificates(name='gateway',storeName='gateway-2026')"
says '"isValid":"Yes"'
expect 400 "the old store is in use and cannot be deleted" "$administrator" \
    DELETE "$management/CertificateStores('gateway-2025')"
expect 400 "the reference cannot be pointed to a store that does not exist" "$administrator" \
    PUT "$management/CertificateStoreReferences('gateway')" '{"certificateStoreName": "gateway-2027"}'
says '"code":"CERTIFICATE_STORE_REFERENCE_UPDATE_FAILED_LINKED_CERTIFICATE_STORE_VALIDATION_ERROR"'
expect 204 "point the reference to the next store" "$administrator" \
    PUT "$management/CertificateStoreReferences('gateway')" '{"certificateStoreName": "gateway-2026"}'
expect 200 "the reference has moved" "$administrator" \
    GET "$management/CertificateStoreReferences('gateway')"
says '"certificateStoreName":"gateway-2026"'
expect 200 "the virtual host is as it was" "$selfservice" GET "$management/VirtualHosts"
says '"virtual_host":"api.example.com"' '"keyStoreName":"ref://gateway"' '"keyStoreAlias":"gateway"'
host=$(sed 's/},{/}\n{/g' "$answer" | sed -n 's/.*"id":"\([0-9a-f-]\{36\}\)".*"virtual_host":"api.example.com".*/\1/p')
[ -n "$host" ] || fail "the virtual host has no id"
expect 204 "the old store can go" "$administrator" DELETE "$management/CertificateStores('gateway-2025')"

echo "The clients' authorities"
root=$(base64 < "$fixtures/api-management/root.pem" | tr -d '\n')
expect 201 "a new trust store, with its first certificate" "$administrator" POST "$management/CertificateStores" \
    "{\"name\": \"clients-2026\", \"storeType\": \"TRUSTSTORE\", \"certificates\": [{\"name\": \"root\", \"content\": \"$root\"}]}"
expect 204 "point the reference to it" "$administrator" \
    PUT "$management/CertificateStoreReferences('clients')" '{"certificateStoreName": "clients-2026"}'
expect 204 "the old trust store can go" "$administrator" DELETE "$management/CertificateStores('clients')"

echo "The end of mutual TLS"
expect 400 "the reference is in use and cannot be deleted" "$administrator" \
    DELETE "$management/CertificateStoreReferences('clients')"
says '"code":"CERTIFICATE_STORE_REFERENCE_LINKED_VIRTUAL_HOST_LINK_VALIDATION_ERROR"'
expect 403 "an administrator may not change virtual hosts" "$administrator" POST "$requests" \
    "{\"virtualHostId\": \"$host\", \"isClientAuthEnabled\": false, \"operation\": \"UPDATE\"}"
expect 201 "switch it off with a self-service key" "$selfservice" POST "$requests" \
    "{\"virtualHostId\": \"$host\", \"isClientAuthEnabled\": false, \"operation\": \"UPDATE\"}"
says '"allocationStatus":"COMPLETE"' '"isClientAuthEnabled":false'
expect 204 "the reference can go" "$administrator" DELETE "$management/CertificateStoreReferences('clients')"
expect 400 "and is gone" "$administrator" DELETE "$management/CertificateStoreReferences('clients')"
says '"code":"NO_SUCH_CERTIFICATE_STORE_REFERENCE_EXISTS"'

echo "All $step steps were answered as expected."
