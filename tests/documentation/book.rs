//! What mdBook and the sites that show repositories need: every page has its place in the table of contents, and every link and
//! image leads somewhere.

use std::collections::BTreeSet;

use crate::page::{Page, below, book, project};

/// Pages that stand outside the book.
const OTHERS: [&str; 9] = [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "ARCHITECTURE.md",
    "fixtures/README.md",
    "packages/go/README.md",
    "packages/java/README.md",
    "packages/node/README.md",
    "packages/python/README.md",
];

#[test]
fn the_table_of_contents_has_every_page_once() {
    let mut listed: Vec<String> =
        Page::read("docs/SUMMARY.md").links.iter().map(|link| format!("docs/{link}")).collect();
    listed.sort();
    assert_eq!(listed, book());
}

#[test]
fn every_link_and_image_leads_somewhere() {
    let mut wrong = Vec::new();
    for name in OTHERS.iter().map(|name| (*name).to_owned()).chain(book()) {
        let page = Page::read(&name);
        let targets = page.links.iter().chain(&page.images);
        wrong.extend(targets.filter_map(|link| Some(format!("{name}: {link}: {}", fault(&page, link)?))));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with a link of a page.
fn fault(page: &Page, link: &str) -> Option<&'static str> {
    if ["http://", "https://"].iter().any(|scheme| link.starts_with(scheme)) {
        return None;
    }
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
    let target = if path.is_empty() { page.name.clone() } else { joined(&page.name, path) };
    if !project().join(&target).exists() {
        return Some("there is no such file");
    }
    if page.name.starts_with("docs/") && !target.starts_with("docs/") {
        return Some("the book does not have it: write the path as code");
    }
    let there = |anchor: &str| Page::read(&target).anchors.iter().any(|one| one == anchor);
    anchor.filter(|anchor| !there(anchor)).map(|_| "the page has no such heading")
}

/// A relative path, from where a page stands.
fn joined(page: &str, path: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            other => parts.push(other),
        }
    }
    parts.join("/")
}

/// `<token>` in a sentence is a tag to readers, and not shown: write it as code.
#[test]
fn no_word_is_taken_for_a_tag() {
    let pages = OTHERS.iter().map(|name| (*name).to_owned()).chain(book());
    let known = ["picture", "source", "img"];
    let of = |page: &Page| {
        let tags = page.tags.iter().filter(|tag| !known.contains(&tag.as_str()));
        tags.map(|tag| format!("{}: <{tag}>", page.name)).collect::<Vec<_>>()
    };
    let wrong: Vec<String> = pages.flat_map(|name| of(&Page::read(&name))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_that_the_book_names_is_there() {
    let mut missing = Vec::new();
    for page in book().iter().map(|name| Page::read(name)) {
        let named = page.words.iter().filter(|word| {
            ["examples/", "packages/", "tests/"].iter().any(|folder| word.starts_with(folder)) && !word.contains(' ')
        });
        missing
            .extend(named.filter(|file| !project().join(file).exists()).map(|file| format!("{}: {file}", page.name)));
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_picture_is_shown() {
    let pages = OTHERS.iter().map(|name| (*name).to_owned()).chain(book());
    let shown: BTreeSet<String> = pages
        .map(|name| Page::read(&name))
        .flat_map(|page| page.images.iter().map(|image| joined(&page.name, image)).collect::<Vec<_>>())
        .collect();
    for picture in below("docs/images") {
        assert!(shown.contains(&picture), "no page shows {picture}");
    }
}
