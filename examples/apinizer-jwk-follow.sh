#!/usr/bin/env bash
# A certificate is renewed, and the JWK that was made from it follows: against a running certmimic with the quickstart scenario.
# Usage: examples/apinizer-jwk-follow.sh [base URL]
set -euo pipefail
BASE=${1:-http://127.0.0.1:8080}
cd "$(dirname "$0")/../fixtures"
PROJECT="$BASE/apiops/projects/MyProject"
TOKEN=$(curl -sSf -d grant_type=client_credentials -d client_id=apinizer -d client_secret=apinizer "$BASE/apiops/auth/token" | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
call() { curl -sSf -H "Authorization: Bearer $TOKEN" "$@"; }
key_of() { call "$PROJECT/jwks/$1/" | sed 's/.*"rsa":{"n":"\([^"]*\)".*/\1/'; }

call -o /dev/null -F certificateName=drill -F alias=drill -F "certificateDescription=before" -F environmentList=production -F pemEncodedFile=@server/smtp.pem "$PROJECT/certificates/"
call -o /dev/null -H "Content-Type: application/json" -d '{"name": "drill-jwk", "certificateName": "drill", "environmentName": "production", "useType": "SIGNATURE", "algorithm": "RS256"}' "$PROJECT/jwks/parse-from-certificate"
before=$(key_of drill-jwk)
echo "made from the certificate: ${before:0:24}…"

renew() { call -o /dev/null -X PUT -F alias=drill -F "certificateDescription=after" -F environmentList=production -F pemEncodedFile=@ca/partner-ca.pem "$PROJECT/certificates/drill/$1"; }
renew ""
[ "$(key_of drill-jwk)" = "$before" ] || { echo "the JWK changed although nobody asked for it" >&2; exit 1; }
echo "renewed without updateReferencedJwks: unchanged"

renew "?updateReferencedJwks=true&updateScope=SAME_PROJECT"
after=$(key_of drill-jwk)
[ "$after" != "$before" ] || { echo "the JWK did not follow" >&2; exit 1; }
expected=$(openssl x509 -in ca/partner-ca.pem -noout -modulus | sed 's/Modulus=//' | tr -d '\n' | python3 -c 'import base64,sys; print(base64.urlsafe_b64encode(bytes.fromhex(sys.stdin.read())).decode().rstrip("="))')
[ "$after" = "$expected" ] || { echo "the JWK has another key than the certificate" >&2; exit 1; }
echo "renewed with updateReferencedJwks=true: ${after:0:24}…, the key of the new certificate"

call -o /dev/null -X DELETE "$PROJECT/jwks/drill-jwk/"
call -o /dev/null -X DELETE "$PROJECT/certificates/drill/"
