#!/usr/bin/env bash
# Instructions that a GET of one entity costs, as callgrind counts them: the same on a busy machine as on an idle one.
# The difference between 400 requests and 200 leaves start and end out. Needs valgrind and curl.
#
# Usage: cargo build --release && benches/instructions.sh [PROGRAM [PATH]]
set -euo pipefail
program=${1:-target/release/certmimic}
path=${2:-"/apiportal/api/1.0/Management.svc/CertificateStoreReferences('reference_ts_1')"}

# All instructions of a server that answers so many requests on one connection.
count() {
    local folder server
    folder=$(mktemp -d)
    valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        "$program" serve --listen 127.0.0.1:0 --port-file "$folder/port" > "$folder/output" 2> "$folder/log" &
    server=$!
    until [ -s "$folder/port" ]; do sleep 0.1; done
    # curl makes a request for each number; what follows the # is not sent.
    curl --silent --show-error --fail --output /dev/null --header 'Authorization: Bearer token' \
        --header 'Accept: application/json' "http://127.0.0.1:$(cat "$folder/port")$path#[1-$1]"
    kill "$server"
    wait "$server" || true
    sed -n 's/.*Collected : //p' "$folder/log"
    rm -r "$folder"
}

echo "$((($(count 400) - $(count 200)) / 200)) instructions a request"
