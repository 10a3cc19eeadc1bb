//! The protocol as a whole, against the small service.

use super::bookshelf::*;
use crate::odata::{dialect, metadata};

fn shelf_json(name: &str, key: &str, size: i32) -> String {
    format!(
        r#"{{"__metadata":{{"id":"http://h/books.svc/Shelves('{key}')","uri":"http://h/books.svc/Shelves('{key}')","type":"books.Shelf"}},"name":"{name}","size":{size},"built":"\/Date({size}000)\/","life":{{"__metadata":{{"type":"books.History"}},"at":"\/Date(1000)\/","by":null}},"books":{{"__deferred":{{"uri":"http://h/books.svc/Shelves('{key}')/books"}}}}}}"#
    )
}

#[test]
fn one_entity_and_many() {
    let a = shelf_json("a", "a", 3);
    assert_eq!(get("/Shelves('a')"), (200, format!(r#"{{"d":{a}}}"#)));
    assert_eq!(get("/Shelves(name='a')/"), (200, format!(r#"{{"d":{a}}}"#)));
    assert_eq!(get("/Shelves%28%27a%27%29"), (200, format!(r#"{{"d":{a}}}"#)));
    let b = shelf_json("b'c", "b''c", 1);
    assert_eq!(get("/Shelves"), (200, format!(r#"{{"d":{{"results":[{a},{b}]}}}}"#)));
    assert_eq!(get("/Shelves('b''c')"), (200, format!(r#"{{"d":{b}}}"#)));
    assert_eq!(
        get("/Shelves?$top=1&$inlinecount=allpages"),
        (200, format!(r#"{{"d":{{"__count":"2","results":[{a}]}}}}"#))
    );
    assert_eq!(get("/Shelves?%24skip=1"), (200, format!(r#"{{"d":{{"results":[{b}]}}}}"#)));
}

#[test]
fn properties_values_counts_and_media() {
    assert_eq!(get("/Shelves('a')/size"), (200, r#"{"d":{"size":3}}"#.to_owned()));
    assert_eq!(get("/Shelves('a')/size/$value"), (200, "3".to_owned()));
    assert_eq!(get("/Shelves('a')/life/at"), (200, r#"{"d":{"at":"\/Date(1000)\/"}}"#.to_owned()));
    assert_eq!(get("/Shelves/$count/"), (200, "2".to_owned()));
    assert_eq!(get("/Shelves('a')/books/$count"), (200, "2".to_owned()));
    assert_eq!(get("/Books(number=2,shelf='a')/$value"), (200, "Two".to_owned()));
    assert_eq!(get("/Shelves('a')/books(shelf='a',number=2)/$value"), (200, "Two".to_owned()));
    assert_eq!(get("/Books(number=2,shelf='a')/onShelf/size/$value"), (200, "3".to_owned()));
}

#[test]
fn select_and_expand() {
    let shelf = r#"{"__metadata":{"id":"http://h/books.svc/Shelves('a')","uri":"http://h/books.svc/Shelves('a')","type":"books.Shelf"}"#;
    assert_eq!(get("/Shelves('a')?$select=size"), (200, format!(r#"{{"d":{shelf},"size":3}}}}"#)));
    let (status, body) = get("/Shelves('a')?$select=name,books/title&$expand=books");
    assert_eq!(status, 200);
    let json: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(json["d"]["name"], "a");
    assert_eq!(json["d"]["books"]["results"][1]["title"], "Two");
    assert_eq!(json["d"]["books"]["results"][1].as_object().unwrap().len(), 2);
    assert!(json["d"].get("size").is_none());
    let (_, body) = get("/Books(number=2,shelf='a')?$expand=onShelf/books");
    let json: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(json["d"]["onShelf"]["books"]["results"].as_array().unwrap().len(), 2);
    let (_, body) = get("/Shelves('a')?$select=books/*&$expand=books");
    let json: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(json["d"]["books"]["results"][0]["title"], "One");
}

#[test]
fn what_a_set_refuses_has_its_own_status_code_and_text() {
    let [row] = OUTCOMES else { panic!("one row") };
    for (accept, document) in [
        ("json", r#"{"error":{"code":"NO_SHELF","message":{"lang":"en","value":"No shelf 'x'"}}}"#),
        ("xml", "<code>NO_SHELF</code><message xml:lang=\"en\">No shelf 'x'</message></error>"),
    ] {
        let accept = format!("Accept: application/{accept}");
        let response = send(&store(), "GET /books.svc/Shelves('x')", &[&accept], "");
        assert_eq!(response.status.as_u16(), row.status);
        assert!(text(&response).ends_with(document), "{}", text(&response));
    }
}

#[test]
fn refusals_have_olingos_texts() {
    let table = [
        ("GET /Nope", 404, "Could not find an entity set or function import for 'Nope'."),
        ("GET /Shelves('x')", 404, "No shelf 'x'"),
        ("GET /Shelves(5)", 400, "Format of '5' is not compatible with 'Edm.String'."),
        ("GET /Shelves(abc)", 400, "Unknown literal: '[abc]'."),
        ("GET /Shelves(nome='a')", 400, "Invalid key predicate: 'nome='a''."),
        ("GET /Books('a')", 400, "Missing key predicate name for key: ''a''."),
        ("GET /Shelves('a',name='a')", 400, "Duplicate key names: ''a',name='a''."),
        ("GET /Shelves('a')/nope", 404, "Could not find property with name: 'nope'."),
        ("GET /Shelves('a')/$value", 400, "The requested resource is no media resource."),
        ("GET /Shelves/name", 400, "Must be an entity set instead of an entity: 'Shelves'."),
        ("GET /Shelves//", 400, "No empty segment allowed."),
        ("GET /Shelves('a')/books/title", 400, "Invalid segment: 'title'."),
        ("GET /Shelves/$count/x", 400, "'$count' must be the last segment."),
        ("GET /Shelves('a')/$links", 400, "'$links' must not be the last segment. "),
        ("GET /Shelves;v=1", 404, "Matrix parameter '[v]' in path segment 'Shelves' not supported!"),
        ("GET /Shelves?$nope=1", 400, "Invalid system query option: '$nope'. "),
        ("GET /Shelves?$top=", 400, "Value for '$top' must not be null."),
        ("GET /Shelves?$top=x", 400, "Invalid value: 'x'."),
        ("GET /Shelves?$top=-1", 400, "Provided value '-1' must not be negative.  "),
        ("GET /Shelves?$top=1&$top=2", 400, "Duplicate system query parameter names: '$top'."),
        ("GET /Shelves('a')?$top=1", 400, "System query option '$top' is not compatible with the return type."),
        ("GET /Shelves?$select=nope", 404, "Could not find property with name: 'nope'."),
        ("GET /Shelves?$expand=size", 400, "Property 'size' must be a navigation property. "),
        ("DELETE /Shelves", 405, "The request dispatcher does not allow the HTTP method used for the request."),
        (
            "DELETE /Shelves('a')?$format=json",
            405,
            "The request dispatcher does not allow the HTTP method used for the request.",
        ),
        ("DELETE /Shelves('a')/books(shelf='a',number=1)", 400, "The request is not supported by the processor."),
        ("OPTIONS /Shelves", 501, "Not implemented"),
        ("LOCK /Shelves", 501, "Common exception"),
        ("POST /Shelves", 415, "Media type application/octet-stream is not supported."),
    ];
    for (line, status, message) in table {
        let response = send(&store(), &line.replace(" /", " /books.svc/"), &["Accept: application/json"], "");
        let json: serde_json::Value = serde_json::from_slice(&response.body).unwrap();
        assert_eq!(
            (response.status.as_u16(), json["error"]["message"]["value"].as_str().unwrap()),
            (status, message),
            "{line}"
        );
        assert!(response.diagnosis.is_some(), "{line}");
    }
}

#[test]
fn bodies_are_checked_against_the_model() {
    let table = [
        ("", "An exception of type 'EOFException' occurred."),
        ("{", "An exception of type 'EOFException' occurred."),
        ("{]", "An exception of type 'MalformedJsonException' occurred."),
        ("[]", "An exception of type 'IllegalStateException' occurred."),
        (r#"{"nope":1}"#, "Illegal argument for method call with message 'nope'."),
        (r#"{"size":"1"}"#, "Provided value for the property 'size' is not compatible with the property."),
        (r#"{"name":null}"#, "An exception of type 'EdmSimpleTypeException' occurred."),
        (r#"{"size":1,"size":1}"#, "Double occurrence of property with name 'size'."),
        (r#"{"life":{"nope":1}}"#, "Invalid property 'nope' found."),
        (
            r#"{"__metadata":{"type":"books.X"}}"#,
            "Supplied entity type 'books.Shelf' does not match the content entity type 'books.X'.",
        ),
    ];
    for (body, message) in table {
        let headers = ["Accept: application/json", "Content-Type: application/json"];
        let response = send(&store(), "POST /books.svc/Shelves", &headers, body);
        let json: serde_json::Value = serde_json::from_slice(&response.body).unwrap();
        assert_eq!(
            (response.status.as_u16(), json["error"]["message"]["value"].as_str().unwrap()),
            (400, message),
            "{body}"
        );
    }
}

#[test]
fn writes() {
    let store = store();
    let headers = ["Accept: application/json", "Content-Type: application/json; charset=utf-8"];
    let body = r#"{"d":{"name":"n/1","size":7,"built":"/Date(1+0000)/","books":{"results":[{"title":"x"}]}}}"#;
    let response = send(&store, "POST /books.svc/Shelves", &headers, body);
    assert_eq!(response.status, 201, "{}", text(&response));
    assert_eq!(response.headers["location"], "http://h/books.svc/Shelves('n%2F1')");
    assert_eq!(store.view().library.books.get(&("n/1".to_owned(), 1)).unwrap(), "x");
    let response = send(&store, "PUT /books.svc/Shelves('a')/size", &headers, r#"{"size":9}"#);
    assert_eq!(response.status, 204, "{}", text(&response));
    let response = send(&store, "PUT /books.svc/Shelves('a')/size/$value", &["Content-Type: text/plain"], "10");
    assert_eq!(response.status, 204, "{}", text(&response));
    assert_eq!(store.view().library.shelves.get("a"), Some(&10));
    let tunnelled = ["X-HTTP-Method: MERGE", "Content-Type: text/plain;charset=UTF-8"];
    let response = send(&store, "POST /books.svc/Shelves('a')", &tunnelled, r#"{"size":11}"#);
    assert_eq!(response.status, 204, "{}", text(&response));
    assert_eq!(store.view().library.shelves.get("a"), Some(&11));
    assert_eq!(send(&store, "DELETE /books.svc/Shelves('a')", &[], "").status, 204);
    let media =
        send(&store, "PUT /books.svc/Books(shelf='z',number=1)/$value", &["Content-Type: application/pkix-cert"], "T");
    assert_eq!(media.status, 204, "{}", text(&media));
}

#[test]
fn errors_in_xml_and_in_the_services_dialect() {
    let response = send(&store(), "GET /books.svc/Nope", &[], "");
    assert_eq!(response.headers["content-type"], "application/xml");
    assert_eq!(
        text(&response),
        "<?xml version='1.0' encoding='UTF-8'?><error xmlns=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\">\
         <code></code><message xml:lang=\"en\">Could not find an entity set or function import for 'Nope'.</message></error>"
    );
    let strict = store();
    let switch = |world: &mut World| {
        world.library.strict = true;
        Ok::<_, ()>(())
    };
    strict.edit(switch).unwrap();
    let response = send(&strict, "GET /books.svc/Nope?$format=json", &[], "");
    assert!(text(&response).starts_with(r#"{"error":{"code":"Not Found","#), "{}", text(&response));
}

#[test]
fn a_head_has_no_body_and_the_root_needs_no_slash() {
    assert!(send(&store(), "HEAD /books.svc/Shelves", &[], "").body.is_empty());
    assert_eq!(get(""), (200, r#"{"d":{"EntitySets":["Shelves","Books"]}}"#.to_owned()));
    assert_eq!(get("/").0, 200);
}

#[test]
fn atom_entry_and_feed() {
    let response = send(&store(), "GET /books.svc/Shelves('a')", &[], "");
    assert_eq!(response.headers["content-type"], "application/atom+xml;charset=utf-8;type=entry");
    assert_eq!(
        text(&response),
        "<?xml version='1.0' encoding='utf-8'?><entry xmlns=\"http://www.w3.org/2005/Atom\" \
         xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\" \
         xmlns:d=\"http://schemas.microsoft.com/ado/2007/08/dataservices\" xml:base=\"http://h/books.svc/\">\
         <id>http://h/books.svc/Shelves('a')</id><title type=\"text\">Shelves</title><updated>2026-01-15T08:00:00Z</updated>\
         <category term=\"books.Shelf\" scheme=\"http://schemas.microsoft.com/ado/2007/08/dataservices/scheme\"/>\
         <link href=\"Shelves('a')\" rel=\"edit\" title=\"Shelf\"/>\
         <link href=\"Shelves('a')/books\" rel=\"http://schemas.microsoft.com/ado/2007/08/dataservices/related/books\" \
         title=\"books\" type=\"application/atom+xml;type=feed\"/>\
         <content type=\"application/xml\"><m:properties><d:name>a</d:name><d:size>3</d:size>\
         <d:built>1970-01-01T00:00:03Z</d:built><d:life m:type=\"books.History\"><d:at>1970-01-01T00:00:01</d:at>\
         <d:by m:null=\"true\"/></d:life></m:properties></content></entry>"
    );
    let response = send(&store(), "GET /books.svc/Books?$format=atom", &[], "");
    assert_eq!(response.headers["content-type"], "application/atom+xml;charset=utf-8;type=feed");
    assert!(text(&response).contains("rel=\"edit-media\""));
}

#[test]
fn filters_and_orders() {
    let names = |query: &str| {
        let (status, body) = get(&format!("/Shelves?$select=name&{query}"));
        let json: serde_json::Value = serde_json::from_str(&body).unwrap();
        if status != 200 {
            return json["error"]["message"]["value"].as_str().unwrap().to_owned();
        }
        let rows = json["d"]["results"].as_array().unwrap();
        rows.iter().map(|row| row["name"].as_str().unwrap()).collect::<Vec<_>>().join(",")
    };
    let table = [
        ("$filter=name eq 'a'", "a"),
        ("$filter=(name%20eq%20'b''c')", "b'c"),
        ("$filter=name+eq+'a'+or+size+lt+2", "a,b'c"),
        ("$filter=size add 1 mul 2 eq 5", "a"),
        ("$filter=not (size gt 2)", "b'c"),
        ("$filter=startswith(name,'b')", "b'c"),
        ("$filter=startswith(name,'b') eq true and length(name) eq 3", "b'c"),
        ("$filter=substringof('A',toupper(name)) eq true", "a"),
        ("$filter=life/by eq null", "a,b'c"),
        ("$filter=life/by ne null", ""),
        ("$filter=built eq datetimeoffset'1970-01-01T00:00:03Z'", "a"),
        ("$filter=year(built) eq 1970 and second(built) ge 3L", "a"),
        ("$filter=size div 2 eq 1 and size mod 2 eq 1", "a"),
        ("$filter=-size lt -2", "a"),
        ("$filter=size gt 1.5M", "a"),
        ("$filter=substring(name,1) eq '''c'", "b'c"),
        ("$filter=indexof(name,'c') eq 2", "b'c"),
        ("$orderby=size", "b'c,a"),
        ("$orderby=size desc,name asc", "a,b'c"),
        ("$orderby=length(name) desc&$top=1", "b'c"),
        ("$filter=nope eq 1", "Invalid filter expression: 'nope eq 1'."),
        ("$filter=name eq 1", "Invalid filter expression: 'name eq 1'."),
        ("$filter=name", "Invalid filter expression: 'name'."),
        ("$filter=name eq", "Invalid filter expression: 'name eq'."),
        ("$filter=name eq 'a", "Invalid filter expression: 'name eq 'a'."),
        ("$filter=f(name)", "Invalid filter expression: 'f(name)'."),
        ("$orderby=nope", "Invalid order by expression: 'nope'. "),
        ("$orderby=name up", "Invalid order by expression: 'name up'. "),
    ];
    for (query, expected) in table {
        assert_eq!(names(query), expected, "{query}");
    }
    assert_eq!(get("/Books/$count?$filter=onShelf/size eq 3 and number gt 1"), (200, "1".to_owned()));
    assert_eq!(get("/Shelves('a')?$filter=size eq 4").0, 404);
}

#[test]
fn metadata_in_both_shapes() {
    let response = send(&store(), "GET /books.svc/$metadata", &["Accept: */*"], "");
    assert_eq!(response.headers["content-type"], "application/xml;charset=utf-8");
    let inherited = text(&response).to_owned();
    assert!(
        inherited
            .contains(r#"<EntityType Name="Shelf" BaseType="books.Named"><Property Name="size" Type="Edm.Int32"/>"#)
    );
    assert!(inherited.contains(r#"<EntityType Name="Book" m:HasStream="true"><Key><PropertyRef Name="shelf"/>"#));
    let flat = metadata::document(&SCHEMA, dialect::MetadataShape::Flat);
    let flat = std::str::from_utf8(&flat).unwrap();
    assert!(flat.contains(r#"<EntityType Name="Shelf"><Key><PropertyRef Name="name"/></Key><Property Name="name""#));
    assert!(!flat.contains("BaseType"));
    assert_eq!(get("/$metadata").0, 406);
    assert_eq!(get("/$metadata?$format=json").0, 400);
}

#[test]
fn atom_bodies() {
    let store = store();
    let headers = ["Content-Type: application/atom+xml;type=entry"];
    let body = r#"<?xml version="1.0"?><entry xmlns="http://www.w3.org/2005/Atom" xmlns:m="m" xmlns:d="d">
        <link rel="http://schemas.microsoft.com/ado/2007/08/dataservices/related/books"><m:inline><feed><entry>
        <content><m:properties><d:title>x</d:title></m:properties></content></entry></feed></m:inline></link>
        <content type="application/xml"><m:properties><d:name>n&amp;&#49;</d:name><d:size>7</d:size>
        <d:built m:null="true"/></m:properties></content></entry>"#;
    let response = send(&store, "POST /books.svc/Shelves", &headers, body);
    assert_eq!(response.status, 201, "{}", text(&response));
    assert_eq!(store.view().library.shelves.get("n&1"), Some(&7));
    assert_eq!(store.view().library.books.get(&("n&1".to_owned(), 1)).unwrap(), "x");
    let xml = ["Content-Type: application/xml"];
    assert_eq!(send(&store, "PUT /books.svc/Shelves('a')/size", &xml, "<size xmlns='d'>5</size>").status, 204);
    for bad in [
        "",
        "<entry>",
        "<x/>",
        "<!DOCTYPE x><entry/>",
        "<entry><content><properties><nope/></properties></content></entry>",
    ] {
        assert_eq!(send(&store, "POST /books.svc/Shelves", &headers, bad).status, 400, "{bad}");
    }
}

#[test]
fn a_batch_of_reads_and_an_atomic_change_set() {
    let store = store();
    let part = |id: &str, request: &str| {
        format!(
            "--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: {id}\r\n\r\n{request}\r\n"
        )
    };
    let json = "Content-Type: application/json\r\nAccept: application/json\r\n\r\n";
    let create = part("1", &format!("POST Shelves HTTP/1.1\r\n{json}{{\"name\":\"new\"}}"));
    let related = part("2", &format!("POST $1/books HTTP/1.1\r\n{json}{{\"number\":7,\"title\":\"T\"}}"));
    let bad = part("3", "DELETE /books.svc/Shelves('none') HTTP/1.1\r\nAccept: application/json\r\n\r\nnull");
    let set =
        |parts: &[&str]| format!("--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n{}--c--\r\n", parts.concat());
    let get = "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n\
               GET Shelves/$count?$filter=name%20eq%20'new' HTTP/1.1\r\n\r\n\r\n";
    let body = format!("{}{get}{}{get}--b--", set(&[&create, &bad]), set(&[&create, &related]));
    let response = send(
        &store,
        "POST /books.svc/$batch/",
        &["Content-Type: multipart/mixed; boundary=b", "Accept: application/xml"],
        body,
    );
    assert_eq!(response.status, 202, "{}", text(&response));
    let content_type = response.headers["content-type"].to_str().unwrap();
    assert!(content_type.starts_with("multipart/mixed; boundary=batch_"));
    let body = text(&response);
    let statuses: Vec<&str> = body.lines().filter(|line| line.starts_with("HTTP/1.1")).collect();
    assert_eq!(
        statuses,
        [
            "HTTP/1.1 404 Not Found",
            "HTTP/1.1 200 OK",
            "HTTP/1.1 201 Created",
            "HTTP/1.1 201 Created",
            "HTTP/1.1 200 OK"
        ]
    );
    assert!(body.contains("\"value\":\"No shelf 'none'\""), "{body}");
    assert!(body.contains("Content-Id: 2\r\n"));
    assert!(body.contains("Certmimic-Diagnosis: no_shelf; "));
    let counts: Vec<&str> = body.lines().filter(|line| line.len() == 1).collect();
    assert_eq!(counts, ["0", "1"]);
    assert_eq!(store.view().library.books.get(&("new".to_owned(), 7)).unwrap(), "T");
    assert_eq!(send(&store, "GET /books.svc/$batch", &[], "").status, 405);
}
