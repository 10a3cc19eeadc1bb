#!/usr/bin/env bash
# A rotation of credentials in SAP Cloud Integration, against certmimic or a tenant: deploy a user's credentials, an OAuth2
# client's and a secure parameter, deploy each anew with another secret, and check that the old one is gone, that no answer
# has a secret, and that the access policy which names them stays. Needs curl, and checks every step.
#
#   examples/cloud-integration-credential-rotation.sh [BASE_URL]      default http://127.0.0.1:8080
#   CLIENT_ID, CLIENT_SECRET, TOKEN_URL: of a service key; default: those of the scenario quickstart
set -euo pipefail

base=${1:-http://127.0.0.1:8080}
api=$base/api/v1
client=${CLIENT_ID:-sb-certmimic}:${CLIENT_SECRET:-certmimic-secret}
name=drill-$$
old=old-secret-$$ new=new-secret-$$
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { echo "failed: $*" >&2; [ ! -s "$work/body" ] || { cat "$work/body" >&2; echo >&2; }; exit 1; }

# call STATUS METHOD PATH [CURL OPTIONS...] leaves the answer in $work/body, and fails if that has a secret.
call() {
    local expected=$1 method=$2 path=$3 status
    shift 3
    status=$(curl -sS -o "$work/body" -w '%{http_code}' -X "$method" -b "$work/cookies" -c "$work/cookies" \
        -H "Authorization: Bearer $token" -H "X-CSRF-Token: $csrf" -H 'Accept: application/json' "$@" "$api/$path")
    [ "$status" = "$expected" ] || fail "$method $path answered $status, expected $expected"
    ! grep -qE "$old|$new" "$work/body" || fail "$method $path answered a secret"
    echo "ok  $status $method $path"
}
has() { grep -qF -- "$1" "$work/body" || fail "expected $1"; }
has_no() { ! grep -qF -- "$1" "$work/body" || fail "did not expect $1"; }

# deployed PATH waits for a deployment, as a client has to: at once is usual, not promised.
deployed() {
    for _ in $(seq 30); do
        call 200 GET "$1"
        ! grep -q '"Status":"DEPLOYED"' "$work/body" || return 0
        sleep 1
    done
    fail "$1 was not deployed"
}

token=$(curl -sS -u "$client" -d grant_type=client_credentials "${TOKEN_URL:-$base/oauth/token}" |
    sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')
[ -n "$token" ] || fail "no token"
csrf=$(curl -sS -o /dev/null -D - -b "$work/cookies" -c "$work/cookies" -H "Authorization: Bearer $token" -H 'X-CSRF-Token: Fetch' "$api/" |
    tr -d '\r' | sed -n 's/^[Xx]-[Cc][Ss][Rr][Ff]-[Tt]oken: //p')
[ -n "$csrf" ] || fail "no CSRF token"
json=(-H 'Content-Type: application/json')

# 1. what is in use
call 202 POST UserCredentials "${json[@]}" -d '{"Name":"'$name'","Kind":"default","Description":"first","User":"user-1","Password":"'$old'"}'
deployed "UserCredentials('$name')"
has '"User":"user-1"'
has '"Password":null'
call 202 POST OAuth2ClientCredentials "${json[@]}" -d '{"Name":"'$name'-oauth","TokenServiceUrl":"https://crm.example/token","ClientId":"client-1","ClientSecret":"'$old'","CustomParameters":[{"Key":"tenant","Value":"42","SendAsPartOf":"body"}]}'
deployed "OAuth2ClientCredentials('$name-oauth')"
call 202 POST SecureParameters "${json[@]}" -d '{"Name":"'$name'-key","SecureParam":"'$old'"}'
deployed "SecureParameters('$name-key')"

# 2. who may use it
call 201 POST AccessPolicies "${json[@]}" -d '{"RoleName":"'$name'","ArtifactReferences":[{"Name":"credentials","Type":"USER_CREDENTIAL","ConditionAttribute":"Name","ConditionValue":"'$name'","ConditionType":"exactString"}]}'
policy=$(sed -n 's/.*"Id":"\([0-9]*\)".*/\1/p' "$work/body")

# 3. a name is taken once, and a secret is entered again with every change
call 409 POST UserCredentials "${json[@]}" -d '{"Name":"'$name'","Kind":"default","Description":"","User":"user-2","Password":"'$new'"}'
call 400 PUT "OAuth2ClientCredentials('$name-oauth')" "${json[@]}" -d '{"TokenServiceUrl":"https://crm.example/token","ClientId":"client-2"}'
has ClientSecret

# 4. the rotation: all that the old deployment had is gone
call 202 PUT "UserCredentials('$name')" "${json[@]}" -d '{"Name":"'$name'","Kind":"default","Description":"second","User":"user-2","Password":"'$new'"}'
deployed "UserCredentials('$name')"
has '"User":"user-2"'
has_no user-1
has_no first
call 202 PUT "OAuth2ClientCredentials('$name-oauth')" "${json[@]}" -d '{"TokenServiceUrl":"https://crm.example/token","ClientId":"client-2","ClientSecret":"'$new'"}'
deployed "OAuth2ClientCredentials('$name-oauth')?\$expand=CustomParameters"
has client-2
has_no client-1
has '"results":[]' # a PUT removes custom parameters: who needs them deletes the credential and creates it anew
call 202 PUT "SecureParameters('$name-key')" "${json[@]}" -d '{"SecureParam":"'$new'"}'
deployed "SecureParameters('$name-key')"
call 200 GET "AccessPolicies(${policy}L)/ArtifactReferences"
has "\"ConditionValue\":\"$name\""

# 5. leave nothing behind
call 202 DELETE "UserCredentials('$name')"
call 404 GET "UserCredentials('$name')"
call 202 DELETE "OAuth2ClientCredentials('$name-oauth')"
call 202 DELETE "SecureParameters('$name-key')"
call 204 DELETE "AccessPolicies(${policy}L)"
call 200 GET UserCredentials
has_no "$name"
echo "done: the credentials were rotated, and nobody was shown a secret"
