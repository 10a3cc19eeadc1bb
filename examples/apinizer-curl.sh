#!/usr/bin/env bash
# Every curl example of the Apinizer documentation that certmimic emulates, against a running certmimic, with real files.
# Each answer is checked; the first wrong one ends the script. Usage: examples/apinizer-curl.sh [base URL]
set -euo pipefail
BASE=${1:-http://127.0.0.1:8080}
cd "$(dirname "$0")/../fixtures"
WORK=$(mktemp -d); trap 'rm -rf "$WORK"' EXIT
COUNT=0

# expect STATUS TEXT ARGUMENTS...: curl with these arguments answers this status, and its body contains the text.
expect() {
  local status=$1 text=$2 got; shift 2
  got=$(curl -sS -o "$WORK/body" -w '%{http_code}' "$@")
  if [ "$got" != "$status" ] || ! grep -qaF -- "$text" "$WORK/body"; then
    echo "expected $status and: $text" >&2; echo "got $got: $(head -c 2000 "$WORK/body")" >&2; echo "curl $*" >&2; exit 1
  fi
  COUNT=$((COUNT + 1))
}

# create-token
expect 200 '"token_type":"Bearer"' -X POST "$BASE/apiops/auth/token" -H "Content-Type: application/x-www-form-urlencoded" \
  -d "grant_type=client_credentials" -d "client_id=apinizer" -d "client_secret=apinizer"
TOKEN=$(sed 's/.*"access_token":"\([^"]*\)".*/\1/' "$WORK/body")
AUTH=(-H "Authorization: Bearer $TOKEN")
JSON=(-H "Content-Type: application/json")
PROJECT="$BASE/apiops/projects/MyProject"
DEPLOYED='"message":"Deployment completed successfully"'
UNDEPLOYED='"message":"Undeployment completed successfully"'

# healthcheck, secure-hello, list-projects, list-environments, get-environments-by-project
expect 200 OK "$BASE/apiops/test/healthcheck"
expect 200 "Hello World" "${AUTH[@]}" "$BASE/apiops/test/hello/World"
expect 200 '"name":"MyProject"' "${AUTH[@]}" "$BASE/apiops/projects/"
expect 200 '"name":"production"' "${AUTH[@]}" "$BASE/apiops/environments/"
expect 200 '"name":"production"' "${AUTH[@]}" "$BASE/apiops/environments/MyProject"

# create-certificate, both examples
certificate=(-F "alias=my-cert-alias" -F "certificateDescription=SSL certificate for API" -F "pemEncodedFile=@server/smtp.pem")
expect 200 "$DEPLOYED" -X POST "$PROJECT/certificates/" "${AUTH[@]}" -F "certificateName=my-certificate" "${certificate[@]}" -F "environmentList=production"
expect 200 "$UNDEPLOYED" -X DELETE "$PROJECT/certificates/my-certificate/" "${AUTH[@]}"
expect 200 "$DEPLOYED" -X POST "$PROJECT/certificates/" "${AUTH[@]}" -F "certificateName=my-certificate" "${certificate[@]}" -F "environmentList=production,staging,development"
expect 400 "Certificate (name: my-certificate) is already exist!" -X POST "$PROJECT/certificates/" "${AUTH[@]}" -F "certificateName=my-certificate" "${certificate[@]}" -F "environmentList=production"

# list-certificates, get-certificate, get-truststore-certificates, export-certificate
expect 200 '"name":"my-certificate"' "${AUTH[@]}" "$PROJECT/certificates/"
expect 200 '"subjectDn":"CN=smtp.mail.yahoo.com' "${AUTH[@]}" "$PROJECT/certificates/my-certificate/"
expect 200 '"alias":"my-cert-alias"' "${AUTH[@]}" "$BASE/apiops/projects/admin/certificates/truststore/production/"
expect 200 'my-certificate-staging.cer' "${AUTH[@]}" "$PROJECT/certificates/my-certificate/export/"
cp "$WORK/body" "$WORK/export.zip"
if command -v unzip openssl >/dev/null; then
  unzip -qo "$WORK/export.zip" -d "$WORK"
  openssl x509 -inform DER -in "$WORK/my-certificate-staging.cer" -noout -subject | grep -q smtp.mail.yahoo.com
fi

# parse-jwk-from-certificate, create-jwk from a certificate
expect 200 "$DEPLOYED" -X POST "$PROJECT/jwks/parse-from-certificate" "${AUTH[@]}" "${JSON[@]}" -d '{"name": "my-jwk", "description": "JWK from certificate",
  "certificateName": "my-certificate", "environmentName": "production", "useType": "SIGNATURE", "algorithm": "RS256"}'
expect 200 "$DEPLOYED" -X POST "$PROJECT/jwks/" "${AUTH[@]}" "${JSON[@]}" -d '{"name": "my-jwk-2", "description": "JWK from certificate", "sourceType": "CERTIFICATE",
  "certificateName": "my-certificate", "environmentName": "production", "useType": "SIGNATURE", "algorithm": "RS256"}'

# update-certificate, both examples
update=(-F "alias=updated-cert-alias" -F "certificateDescription=Updated SSL certificate" -F "environmentList=production,staging" -F "pemEncodedFile=@ca/partner-ca.pem")
expect 200 "$DEPLOYED" -X PUT "$PROJECT/certificates/my-certificate/" "${AUTH[@]}" "${update[@]}"
expect 200 "$DEPLOYED" -X PUT "$PROJECT/certificates/my-certificate/?updateReferencedJwks=true&updateScope=SAME_PROJECT" "${AUTH[@]}" "${update[@]}"

# list-jwks, get-jwk, update-jwk, delete-jwk
expect 200 '"sourceType":"CERTIFICATE"' "${AUTH[@]}" "$PROJECT/jwks/"
expect 200 '"rsa":{"n":"' "${AUTH[@]}" "$PROJECT/jwks/my-jwk/"
expect 200 "$DEPLOYED" -X PUT "$PROJECT/jwks/my-jwk/" "${AUTH[@]}" "${JSON[@]}" -d '{"name": "updated-jwk", "description": "Updated JWK description"}'
expect 200 "$UNDEPLOYED" -X DELETE "$PROJECT/jwks/updated-jwk/" "${AUTH[@]}"

# create-keystore, list-keystores, get-keystore, parse-jwk-from-keystore, update-keystore, delete-keystore
store() { printf '{"name": "%s", "description": "Keystore for API security", "keyStoreEnvironmentList": [{"environmentName": "production", "type": "%s", "password": "changeit", "file": "%s"}]}' "$1" "$2" "$(base64 -w0 "$3")"; }
store my-keystore JKS stores/keystore.jks > "$WORK/store.json"
expect 200 "$DEPLOYED" -X POST "$PROJECT/keystores/" "${AUTH[@]}" "${JSON[@]}" -d @"$WORK/store.json"
expect 200 '"name":"my-keystore"' "${AUTH[@]}" "$PROJECT/keystores/"
expect 200 "$(base64 -w0 stores/keystore.jks)" "${AUTH[@]}" "$PROJECT/keystores/my-keystore/"
expect 200 "$DEPLOYED" -X POST "$PROJECT/jwks/parse-from-keystore" "${AUTH[@]}" "${JSON[@]}" -d '{"name": "from-keystore", "description": "JWK from keystore",
  "keyStoreName": "my-keystore", "environmentName": "production", "aliasName": "mykeypair", "useType": "SIGNATURE", "algorithm": "RS256"}'
store updated-keystore PKCS12 stores/keystore.p12 > "$WORK/store.json"
expect 200 "$DEPLOYED" -X PUT "$PROJECT/keystores/my-keystore/?updateReferencedJwks=true&updateScope=SAME_PROJECT" "${AUTH[@]}" "${JSON[@]}" -d @"$WORK/store.json"
expect 200 "$UNDEPLOYED" -X DELETE "$PROJECT/keystores/updated-keystore/" "${AUTH[@]}"

# create-key, list-keys, get-key, parse-jwk-from-key, update-key, delete-key
key() { printf '{"name": "%s", "description": "Key for API encryption", "keyType": "RSA", "cryptoKeyInfoEnvironmentList": [{"environmentName": "production", "privateKey": "%s"}]}' "$1" "$(base64 -w0 "$2")"; }
expect 200 "$DEPLOYED" -X POST "$PROJECT/keys/" "${AUTH[@]}" "${JSON[@]}" -d "$(key my-key keys/rsa.pem)"
expect 200 '"name":"my-key"' "${AUTH[@]}" "$PROJECT/keys/"
expect 200 "$(base64 -w0 keys/rsa.pem)" "${AUTH[@]}" "$PROJECT/keys/my-key/"
expect 200 "$DEPLOYED" -X POST "$PROJECT/jwks/parse-from-key" "${AUTH[@]}" "${JSON[@]}" -d '{"name": "from-key", "description": "JWK from key",
  "keyName": "my-key", "environmentName": "production", "useType": "SIGNATURE", "algorithm": "RS256"}'
expect 200 "$DEPLOYED" -X PUT "$PROJECT/keys/my-key/?updateReferencedJwks=true&updateScope=SAME_PROJECT" "${AUTH[@]}" "${JSON[@]}" -d "$(key updated-key server/smtp.key.pem)"
expect 200 "$UNDEPLOYED" -X DELETE "$PROJECT/keys/updated-key/" "${AUTH[@]}"

# create-jwk and parse-jwk-from-clipboard with pasted text
PASTED='{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}'
expect 200 "$DEPLOYED" -X POST "$PROJECT/jwks/" "${AUTH[@]}" "${JSON[@]}" -d "{\"name\": \"pasted\", \"description\": \"JWK from clipboard\", \"sourceType\": \"COPY_PASTE\", \"jwkStr\": \"$PASTED\"}"
expect 200 "$DEPLOYED" -X POST "$PROJECT/jwks/parse-from-clipboard" "${AUTH[@]}" "${JSON[@]}" -d "{\"name\": \"pasted-2\", \"description\": \"JWK from clipboard\", \"jwkStr\": \"$PASTED\"}"

# create-jwk and parse-jwk-from-url: nothing but loopback is reached, so a URL of example.com is refused
expect 400 "JWK could not be read from URL (https://example.com/.well-known/jwks.json)" -X POST "$PROJECT/jwks/parse-from-url" "${AUTH[@]}" "${JSON[@]}" \
  -d '{"name": "from-url", "description": "JWK from URL", "url": "https://example.com/.well-known/jwks.json"}'
if command -v python3 >/dev/null; then
  cp apinizer/jwk.json "$WORK/jwks.json"
  python3 -u -m http.server 0 --bind 127.0.0.1 --directory "$WORK" > "$WORK/http.log" 2>&1 & SERVER=$!
  trap 'kill $SERVER; rm -rf "$WORK"' EXIT
  for _ in $(seq 50); do grep -q port "$WORK/http.log" && break; sleep 0.1; done
  PORT=$(sed -n 's/.* port \([0-9]*\).*/\1/p' "$WORK/http.log")
  expect 200 "$DEPLOYED" -X POST "$PROJECT/jwks/parse-from-url" "${AUTH[@]}" "${JSON[@]}" -d "{\"name\": \"from-url\", \"url\": \"http://127.0.0.1:$PORT/jwks.json\"}"
  expect 200 "$DEPLOYED" -X POST "$PROJECT/jwks/" "${AUTH[@]}" "${JSON[@]}" -d "{\"name\": \"from-url-2\", \"sourceType\": \"URL\", \"url\": \"http://127.0.0.1:$PORT/jwks.json\"}"
fi

# generate-jwk, all examples
generate() { expect 200 "$DEPLOYED" -X POST "$PROJECT/jwks/generate" "${AUTH[@]}" "${JSON[@]}" -d "$1"; }
generate '{"name": "generated-rsa-jwk", "description": "Auto-generated RSA 2048-bit JWK", "type": "RSA", "kid": "rsa-2048-key-1", "rsa": {"keySize": 2048}}'
generate '{"name": "generated-rsa-4096-jwk", "description": "Auto-generated RSA 4096-bit JWK", "type": "RSA", "kid": "rsa-4096-key-1", "rsa": {"keySize": 4096}}'
generate '{"name": "generated-ec-jwk", "description": "Auto-generated EC P-256 JWK", "type": "EC", "kid": "ec-p256-key-1", "ec": {"curveType": "P256"}}'
generate '{"name": "generated-ec-p384-jwk", "description": "Auto-generated EC P-384 JWK", "type": "EC", "kid": "ec-p384-key-1", "ec": {"curveType": "P384"}}'
generate '{"name": "generated-oct-jwk", "description": "Auto-generated 256-bit symmetric key", "type": "OCT", "kid": "oct-256-key-1", "oct": {"keySize": 256}}'
generate '{"name": "generated-okp-jwk", "description": "Auto-generated Ed25519 JWK", "type": "OKP", "kid": "okp-ed25519-key-1", "okp": {"curveType": "ED25519"}}'
generate '{"name": "generated-x25519-jwk", "description": "Auto-generated X25519 JWK for key exchange", "type": "OKP", "kid": "okp-x25519-key-1", "okp": {"curveType": "X25519"}}'

# delete-certificate
expect 200 "$UNDEPLOYED" -X DELETE "$PROJECT/certificates/my-certificate/" "${AUTH[@]}"
echo "$COUNT answers as documented"
