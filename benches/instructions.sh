#!/usr/bin/env bash
# Instructions that a GET of one entity costs, as callgrind counts them: the same on a busy machine as on an idle one. The
# difference between two runs of unlike length leaves start and end out. Needs valgrind, curl and cargo.
#
#   cargo build --profile dist
#   benches/instructions.sh PATH        the figure of one path
#   benches/instructions.sh             those of all paths, beside benches/instructions.txt
#   benches/instructions.sh --check     the same; fails if one has risen
#   benches/instructions.sh --update    writes them down
#
# Compilers and C libraries differ. What is compared is therefore how many times the instructions of a bare server a request
# takes (benches/bare): one that is built by the same compiler and measured in the same run. PROGRAM names another certmimic.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${PROGRAM:-target/dist/certmimic}
figures=benches/instructions.txt
most=2 # per cent that a figure may rise by

if ! command -v valgrind > /dev/null; then
    echo "NOT MEASURED: valgrind is not installed, so nobody knows what a request costs." >&2
    exit 3
fi

# All instructions of a server, which is told where to write its port by the words after the first one, the number of requests
# that it answers on one connection.
all_instructions() {
    local requests=$1 path=$2
    shift 2
    folder=$(mktemp -d)
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" "$folder/port" > "$folder/output" 2> "$folder/log" &
    server=$!
    # Whatever fails below: this runs in a shell of its own.
    trap 'kill "$server" 2> /dev/null || true; rm -rf "$folder"' EXIT
    until [ -s "$folder/port" ]; do
        kill -0 "$server" || { cat "$folder/log" >&2; exit 1; }
        sleep 0.1
    done
    # curl makes a request for each number; what follows the # is not sent.
    curl --silent --show-error --fail --output /dev/null --header 'Authorization: Bearer token' \
        --header 'Accept: application/json' "http://127.0.0.1:$(cat "$folder/port")$path#[1-$requests]"
    kill "$server"
    wait "$server" || true
    sed -n 's/.*Collected : //p' "$folder/log"
}

instructions() {
    local more fewer
    more=$(all_instructions 1200 "$@")
    fewer=$(all_instructions 200 "$@")
    echo $(((more - fewer) / 1000))
}

of_certmimic() { instructions "$1" "$program" serve --listen 127.0.0.1:0 --port-file; }

of_bare_server() {
    # The versions of the main program; cargo leaves out what this one does not need.
    cp Cargo.lock benches/bare/Cargo.lock
    cargo build --quiet --release --manifest-path benches/bare/Cargo.toml --target-dir target/bare
    instructions / target/bare/release/bare
}

measure() {
    local bare path cost
    bare=$(of_bare_server)
    echo "# Instructions of a GET, and how many times those of the bare server that is."
    echo "# $(rustc --version | cut -d' ' -f1-2), $(ldd --version | sed -n '1s/.* /glibc /p'), $(valgrind --version), $(uname -m)"
    printf '%7d %5.3f %s\n' "$bare" 1 "the bare server"
    for path in "/apiportal/api/1.0/Management.svc/CertificateStoreReferences('reference_ts_1')" \
        "/api/v1/KeystoreEntries('6D796B657970616972')" \
        "/apiops/projects/MyProject/certificates/"; do
        cost=$(of_certmimic "$path")
        printf '%7d %5.3f %s\n' "$cost" "$(awk "BEGIN { print $cost / $bare }")" "$path"
    done
}

# Prints each figure with what it was; fails if one has risen by more than it may.
compare() {
    awk -v most="$most" '
        /^#/ { next }
        { path = $0; sub(/^ *[^ ]+ +[^ ]+ /, "", path) }
        NR == FNR { before[path] = $2; next }
        {
            change = path in before ? ($2 / before[path] - 1) * 100 : 0
            printf "%7d instructions, %6.3f times the bare server (%+.1f %%)  %s\n", $1, $2, change, path
            if (!(path in before)) { print "        has no figure to be held against"; risen = 1 }
            if (change > most) risen = 1
        }
        END { exit risen }
    ' "$figures" "$1"
}

case ${1:-} in
    /*) echo "$(of_certmimic "$1") instructions" ;;
    --update) measure > "$figures.new" && mv "$figures.new" "$figures" && cat "$figures" ;;
    --check)
        measured=$(mktemp)
        measure > "$measured"
        sed -n 's/^# \(rustc.*\)/then: \1/p' "$figures"
        sed -n 's/^# \(rustc.*\)/now:  \1/p' "$measured"
        if ! compare "$measured"; then
            echo "A GET costs more than $most % more than it did. If that is meant, say so: benches/instructions.sh --update" >&2
            exit 1
        fi
        ;;
    "") measured=$(mktemp) && measure > "$measured" && { compare "$measured" || true; } ;;
    *) sed -n '2,/^set/{/^#/p}' "$0" && exit 2 ;;
esac
