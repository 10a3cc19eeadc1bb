#!/usr/bin/env bash
# A monitor of expiring certificates in SAP Cloud Integration, and its test: what it says of the same keystore as time goes by.
# Needs curl and python3.
#
#   certmimic serve --scenario expiring-truststore
#   examples/expiry-monitor.sh [BASE_URL]                     default http://127.0.0.1:8080
set -euo pipefail

base=${1:-http://127.0.0.1:8080}
# A world of its own, so that whoever else uses the server does not see time fly.
base=$base/w/expiry-monitor-$$
control=$base/_certmimic

# The monitor, as it would run against a tenant: warns of every entry that ends within so many days, or has ended. The time is
# that of the server's Date header: what the tenant thinks that it is.
monitor() {
    local days=$1 work token
    work=$(mktemp -d)
    token=$(curl -sS -u sb-certmimic:certmimic-secret -d grant_type=client_credentials "$base/oauth/token" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])')
    curl -sS -D "$work/head" -o "$work/body" -H "Authorization: Bearer $token" -H 'Accept: application/json' "$base/api/v1/KeystoreEntries"
    python3 - "$days" "$work/head" "$work/body" <<'PYTHON'
import datetime, email.utils, json, re, sys

days, head, body = int(sys.argv[1]), open(sys.argv[2]).read(), json.load(open(sys.argv[3]))
now = email.utils.parsedate_to_datetime(re.search(r"(?im)^date: (.*?)\r?$", head).group(1))
for entry in body["d"]["results"]:
    millis = int(re.match(r"/Date\((-?\d+)", entry["ValidNotAfter"]).group(1))
    left = datetime.datetime.fromtimestamp(millis / 1000, datetime.timezone.utc) - now
    if left < datetime.timedelta(0):
        print("EXPIRED", entry["Alias"])
    elif left <= datetime.timedelta(days=days):
        print("SOON", entry["Alias"])
PYTHON
    rm -rf "$work"
}

# expect DAYS LINES: what the monitor says, sorted.
expect() {
    local said
    said=$(monitor "$1" | sort | paste -sd, -)
    [ "$said" = "$2" ] || { echo "failed: within $1 days it says \"$said\", not \"$2\"" >&2; exit 1; }
    echo "ok  within $1 days: ${2:-nothing}"
}
advance() { curl -sS -o /dev/null --fail-with-body "$control/clock/advance" -d "{\"by\": \"$1\"}"; }
left() {
    curl -sS "$control/certificates?system=ci" | python3 -c '
import json, sys
one = next(one for one in json.load(sys.stdin)["certificates"] if one["alias"] == "soon-gone")
print(one["valid_to"])'
}

curl -sS -o /dev/null --fail-with-body -X PUT "$control/clock" -d '{"mode": "frozen"}'
expect 7 "EXPIRED gone"
expect 30 "EXPIRED gone,SOON soon-gone"
end=$(left)
for step in -1s:SOON +0s:SOON +1s:EXPIRED; do
    curl -sS -o /dev/null --fail-with-body -X PUT "$control/clock" -d "{\"now\": \"$end\"}"
    advance "${step%%:*}"
    expect 30 "$(printf '%s\n' "EXPIRED gone" "${step##*:} soon-gone" | sort | paste -sd, -)"
done
advance 90d
expect 30 "EXPIRED gone,EXPIRED soon-gone"
curl -sS -o /dev/null --fail-with-body -X POST "$control/reset"
expect 7 "EXPIRED gone"
curl -sS -o /dev/null --fail-with-body -X DELETE "${1:-http://127.0.0.1:8080}/_certmimic/worlds/expiry-monitor-$$"
echo "the monitor saw every end in time"
