//! Bounds of the server, of worlds, and of what is read and fetched for any system.

use super::{Bytes, Count, Of, Part, Patience, Time, Words, row};

const CONTROL_WRITES: &str = "503 `too_many_snapshots`; a name that is taken may be replaced";

pub(super) const PARTS: &[Part] = &[
    Part {
        title: "Connections and requests",
        rows: &[
            row(
                "connections of one address at a time",
                Count("server/accept.rs", "MOST_CONNECTIONS"),
                "",
                "the next ones wait in the system's queue until one ends",
            ),
            row(
                "requests of one HTTP/2 connection at a time",
                Count("server/tls/connection.rs", "MOST_STREAMS"),
                "",
                "further streams are refused, as HTTP/2 has it",
            ),
            row("a request's head", Bytes("server/http1.rs", "MOST_HEAD_BYTES"), "", "431, and the connection ends"),
            row(
                "time for a request's head, and between two requests of a connection",
                Patience(|times| times.head),
                "`CERTMIMIC_HEAD_TIMEOUT`",
                "the connection ends",
            ),
            row(
                "a request's body, where the system has no smaller limit of its own",
                Bytes("gateway/mod.rs", "BODY_LIMIT"),
                "",
                "413 `body_too_large`, in the system's own envelope",
            ),
            row(
                "what is taken of a longer body, so that a client that writes before it reads sees the answer",
                Bytes("server/body.rs", "MOST_DRAINED"),
                "",
                "the connection ends",
            ),
            row(
                "time for a request's body",
                Patience(|times| times.body),
                "`CERTMIMIC_BODY_TIMEOUT`",
                "408 `body_incomplete`",
            ),
            row(
                "time for a client to take some more of its answer",
                Patience(|times| times.write),
                "`CERTMIMIC_WRITE_TIMEOUT`",
                "the connection ends, and its place is free",
            ),
            row(
                "time for requests under way when the server is told to end",
                Patience(|times| times.grace),
                "`CERTMIMIC_GRACE`",
                "they are cut off, and the log says so",
            ),
            row(
                "control calls at a time",
                Count("server/steering.rs", "MOST_CALLS"),
                "",
                "the next ones wait; no emulated system's work holds them up",
            ),
            row(
                "events of the journal's stream that wait for a slow reader",
                Count("server/steering.rs", "MOST_WAITING"),
                "",
                "it gets the rest when it reads, as far as the journal still has it",
            ),
            row(
                "a line of the header `Certmimic-Diagnosis`, in characters",
                Count("gateway/diagnosis.rs", "LONGEST"),
                "",
                "the rest is in the log",
            ),
            row(
                "words that are listed to whoever wrote one that is not known",
                Count("contract/spelling.rs", "MOST_LISTED"),
                "",
                "`…` stands for the others",
            ),
            row("threads that answer", Count("server/builder.rs", "MOST_WORKERS"), "", "requests take turns"),
            row(
                "threads for key generation and other expensive work",
                Count("server/builder.rs", "MOST_BLOCKING"),
                "",
                "writes wait; reads do not",
            ),
        ],
    },
    Part {
        title: "Worlds",
        rows: &[
            row(
                "worlds beside the default one",
                Count("worlds/mod.rs", "MOST_WORLDS"),
                "`--worlds`, `CERTMIMIC_WORLDS`",
                "503 `too_many_worlds`",
            ),
            row(
                "how long an idle world lives",
                Words("to the end"),
                "`--world-ttl`, `CERTMIMIC_WORLD_TTL`",
                "who names it again gets a new one",
            ),
            row("a world's name, in characters", Count("contract/world_name.rs", "LONGEST"), "", "400 `bad_name`"),
            row(
                "links one after the other to the file that a world is kept in, while there is none",
                Count("server/state_file.rs", "MOST_LINKS"),
                "",
                "the last of them becomes the file",
            ),
            row("snapshots of a world", Count("worlds/world.rs", "MOST_SNAPSHOTS"), "", CONTROL_WRITES),
            row(
                "faults of a world at a time",
                Count("faults/mod.rs", "MOST_ARMED"),
                "",
                "422 `bad_fault`; none of the call is armed",
            ),
            row("a fault's delay", Time("faults/effect.rs", "LONGEST"), "", "422 `bad_fault`"),
            row(
                "requests that a world's journal holds",
                Count("worlds/held.rs", "MOST_RECORDS"),
                "`--journal`, `CERTMIMIC_JOURNAL`",
                "the oldest go; `dropped` counts them",
            ),
            row(
                "bytes that a world's journal holds",
                Bytes("worlds/held.rs", "MOST_BYTES"),
                "",
                "the oldest go; `dropped` counts them",
            ),
            row(
                "bytes that the journals of all worlds hold",
                Bytes("worlds/held.rs", "MOST_BYTES_OF_ALL"),
                "`--journal-memory`, `CERTMIMIC_JOURNAL_MEMORY`",
                "the oldest of the largest go; `dropped` counts them",
            ),
            row(
                "CSRF tokens, sessions, and tokens of the SAP systems",
                Words("none"),
                "",
                "nothing is kept of them but how many sessions there were",
            ),
            row(
                "tokens of Apinizer that are remembered",
                Count("apis/apinizer/state/mod.rs", "MOST_ISSUED"),
                "",
                "the oldest are forgotten: 401, fetch a new one",
            ),
        ],
    },
    Part {
        title: "Formats that requests and scenarios are in",
        rows: &[
            row(
                "depth of JSON",
                Of(depth_of_json),
                "",
                "400 `odata_body_malformed`, and at Apinizer its own refusal of a body that is no JSON",
            ),
            row(
                "depth of elements in an Atom body",
                Count("odata/body/xml.rs", "DEEPEST"),
                "",
                "400 `odata_body_malformed`",
            ),
            row(
                "bytes of `$filter` or `$orderby`",
                Bytes("odata/filter/token.rs", "LONGEST"),
                "",
                "400 `odata_invalid_filter`",
            ),
            row(
                "depth of `$filter` or `$orderby`",
                Count("odata/filter/parser.rs", "DEEPEST"),
                "",
                "400 `odata_invalid_filter`",
            ),
            row(
                "navigation properties that one item of `$expand` or `$select` follows",
                Count("odata/shape.rs", "DEEPEST"),
                "",
                "400 `odata_too_deep`",
            ),
            row(
                "entities that one answer expands",
                Count("odata/read.rs", "MOST_EXPANDED"),
                "",
                "400 `odata_too_deep`",
            ),
            row("requests in a `$batch`", Count("odata/batch/parse.rs", "MOST"), "", "400 `odata_too_deep`"),
            row("parts of a form", Count("http/multipart.rs", "MOST_PARTS"), "", "400 `form_unreadable`"),
            row("bytes of one part", Bytes("http/multipart.rs", "MOST_PART_BYTES"), "", "400 `form_unreadable`"),
            row("the head of one part", Bytes("http/multipart.rs", "MOST_HEAD_BYTES"), "", "what follows is not read"),
            row("a text field of a form", Bytes("apis/apinizer/form.rs", "MOST_TEXT"), "", "400 `form_unreadable`"),
            row("files in a ZIP archive", Count("rest/archive.rs", "MOST_FILES"), "", "400 `package_unreadable`"),
            row(
                "what a ZIP archive unpacks to",
                Bytes("rest/archive.rs", "MOST_BYTES"),
                "",
                "400 `package_unreadable`",
            ),
            row("depth of YAML", Of(|| yaml().max_depth as u64), "", "`syntax`, with line and column"),
            row("nodes of a YAML text", Of(|| yaml().max_nodes as u64), "", "`syntax`; JSON has no such bound"),
            row(
                "aliases in a YAML text",
                Of(|| yaml().max_aliases as u64),
                "",
                "`syntax`, as whatever multiplies by aliases",
            ),
        ],
    },
    Part {
        title: "Fetching what a JWK's URL answers",
        rows: &[
            row(
                "fetches at a time",
                Count("server/outside/mod.rs", "MOST_FETCHES"),
                "",
                "400 `url_unreadable`; other writes have threads of their own",
            ),
            row(
                "time for the whole answer, whatever the request allows",
                Patience(|times| times.fetch),
                "",
                "400 `url_unreadable`",
            ),
            row(
                "time for a connection",
                Time("apis/apinizer/jwks/from_url.rs", "CONNECT_TIMEOUT"),
                "`urlOptionConnectTimeout`",
                "400 `url_unreadable`",
            ),
            row(
                "time for the next bytes",
                Time("apis/apinizer/jwks/from_url.rs", "READ_TIMEOUT"),
                "`urlOptionReadTimeout`",
                "400 `url_unreadable`",
            ),
            row(
                "the answer",
                Bytes("apis/apinizer/jwks/from_url.rs", "SIZE_LIMIT"),
                "`urlOptionSizeLimit`",
                "400 `url_unreadable`",
            ),
            row(
                "the answer, whatever the request allows",
                Bytes("server/outside/client.rs", "MOST_BYTES"),
                "",
                "400 `url_unreadable`",
            ),
        ],
    },
];

/// What the reader of YAML is bounded by.
fn yaml() -> serde_saphyr::Budget {
    serde_saphyr::Options::default().budget.unwrap()
}

fn depth_of_json() -> u64 {
    let is_read = |depth: &usize| {
        let text = "[".repeat(*depth) + &"]".repeat(*depth);
        serde_json::from_str::<serde_json::Value>(&text).is_ok()
    };
    (1..1_000).take_while(is_read).count() as u64
}
