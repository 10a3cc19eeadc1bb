//! Properties that hold for any input, and the naive evaluation that queries are compared with.

use proptest::prelude::*;

use super::bookshelf::*;
use crate::odata::filter::{Filter, OrderBy};
use crate::odata::{batch, body, uri};

/// Conditions of the whole grammar over shelves.
fn condition() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        Just("name".to_owned()),
        "'[a-c' ]{0,3}'".prop_map(|text| format!("'{}'", text.trim_matches('\'').replace('\'', "''"))),
        Just("life/by".to_owned()),
        Just("tolower(concat(name,'X'))".to_owned()),
        Just("substring(name,1,2)".to_owned()),
    ];
    let number = prop_oneof![
        Just("size".to_owned()),
        (-9i32..9).prop_map(|number| number.to_string()),
        (-9i64..9).prop_map(|number| format!("{number}L")),
        Just("1.5M".to_owned()),
        Just("length(name)".to_owned()),
        Just("year(built)".to_owned()),
        Just("null".to_owned()),
    ];
    let sum = (number, prop_oneof!["add", "sub", "mul", "div", "mod"], -3i32..3)
        .prop_map(|(one, operator, two)| format!("({one} {operator} {two})"));
    let comparison = prop_oneof!["eq", "ne", "lt", "le", "gt", "ge"];
    let leaf = prop_oneof![
        (text.clone(), comparison.clone(), text.clone()).prop_map(|(one, how, two)| format!("{one} {how} {two}")),
        (sum.clone(), comparison, sum).prop_map(|(one, how, two)| format!("{one} {how} {two}")),
        (text.clone(), text).prop_map(|(one, two)| format!("substringof({one},{two})")),
        Just("true".to_owned()),
    ];
    leaf.prop_recursive(4, 32, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(one, two)| format!("{one} and {two}")),
            (inner.clone(), inner.clone()).prop_map(|(one, two)| format!("({one}) or {two}")),
            inner.prop_map(|one| format!("not ({one})")),
        ]
    })
}

proptest! {
    #[test]
    fn a_printed_filter_reads_back_as_the_same(text in condition()) {
        let filter = Filter::parse(&text, &SHELVES, &SCHEMA).unwrap();
        let again = Filter::parse(&filter.to_text(), &SHELVES, &SCHEMA).unwrap();
        prop_assert_eq!(&filter, &again, "{}", filter.to_text());
        let _either = filter.holds(&shelf("a", 3));
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "\\PC{0,80}", more in "[()'$/,=a-z0-9 -]{0,60}") {
        for text in [&text, &more] {
            let _ = Filter::parse(text, &SHELVES, &SCHEMA);
            let _ = OrderBy::parse(text, &SHELVES, &SCHEMA);
            let _ = uri::parse(text, &SCHEMA);
            let _ = uri::parse(&format!("Shelves({text})"), &SCHEMA);
            let _ = batch::check(format!("--b\r\n{text}\r\n--b--").as_bytes(), "multipart/mixed;boundary=b");
            let _ = body::read(text.as_bytes(), true, &SHELVES, &SCHEMA);
            let _ = body::read(format!("<entry>{text}</entry>").as_bytes(), false, &SHELVES, &SCHEMA);
        }
    }

    #[test]
    fn no_request_makes_the_service_panic(path in "[ -~]{0,40}", query in "[ -~]{0,40}", accept in "[ -~]{0,30}") {
        let headers = [format!("Accept: {accept}")];
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let target = format!("/books.svc/{}?$filter={query}", path.replace('?', ""));
        let response = send(&store(), &format!("GET {target}"), &headers, "");
        prop_assert!(response.status.as_u16() < 500 || response.status == 501);
    }

    #[test]
    fn every_key_that_is_written_reads_back(name in "\\PC{0,20}", number in any::<i32>()) {
        let entity = book(&name, number, "");
        let mut address = String::new();
        uri::write_entity(&mut address, &BOOKS, &entity.values);
        // A semicolon would be a matrix parameter, but it is escaped.
        match uri::parse(&address, &SCHEMA).unwrap() {
            uri::Resource::Data(read) => prop_assert_eq!(read.key.unwrap(), entity.key()),
            other => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn a_query_answers_what_a_naive_one_does(
        shelves in proptest::collection::btree_map("[a-d]{1,2}", -3i32..4, 0..12),
        least in -3i32..4,
        descending in any::<bool>(),
        skip in 0usize..6,
        top in 0usize..6,
    ) {
        let store = store();
        let fill = |world: &mut World| {
            world.library.shelves = shelves.clone().into_iter().collect();
            Ok::<_, ()>(())
        };
        store.edit(fill).unwrap();
        let order = if descending { "size desc" } else { "size" };
        let query = format!("$filter=size ge {least}&$orderby={order},name&$skip={skip}&$top={top}&$inlinecount=allpages");
        let response = send(&store, &format!("GET /books.svc/Shelves?{query}"), &["Accept: application/json"], "");
        let json: serde_json::Value = serde_json::from_slice(&response.body).unwrap();

        let mut naive: Vec<(&String, i32)> = shelves.iter().map(|(name, size)| (name, *size)).filter(|(_, size)| *size >= least).collect();
        naive.sort_by_key(|(name, size)| (if descending { -*size } else { *size }, (*name).clone()));
        prop_assert_eq!(json["d"]["__count"].as_str().unwrap(), naive.len().to_string());
        let names: Vec<&str> = json["d"]["results"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
        let expected: Vec<&str> = naive.into_iter().skip(skip).take(top).map(|(name, _)| name.as_str()).collect();
        prop_assert_eq!(names, expected);
    }
}

#[test]
fn hostile_inputs_are_refused_in_bounded_time() {
    let deep = format!("{}true{}", "(".repeat(100_000), ")".repeat(100_000));
    assert!(Filter::parse(&deep, &SHELVES, &SCHEMA).is_err());
    let chain = format!("size{} eq 1", " add 1".repeat(10_000));
    assert!(Filter::parse(&chain, &SHELVES, &SCHEMA).is_err());
    let minus = format!("{}size eq 1", "-".repeat(100_000));
    assert!(Filter::parse(&minus, &SHELVES, &SCHEMA).is_err());
    let wide = vec!["name eq 'a'"; 5_000].join(" or ");
    assert!(Filter::parse(&wide, &SHELVES, &SCHEMA).unwrap().holds(&shelf("a", 1)));
    assert!(body::read("[".repeat(100_000).as_bytes(), true, &SHELVES, &SCHEMA).is_err());
    assert!(body::read("<a>".repeat(100_000).as_bytes(), false, &SHELVES, &SCHEMA).is_err());
    let parts = "--b\r\nContent-Type: application/http\r\n\r\nGET X HTTP/1.1\r\n\r\n".repeat(50_000);
    assert!(batch::check(format!("{parts}--b--").as_bytes(), "multipart/mixed;boundary=b").is_err());
}
