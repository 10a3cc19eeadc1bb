//! A small service to test the protocol with: shelves that hold books, books with a stream.

use std::sync::Arc;

use ::http::{HeaderMap, HeaderName, HeaderValue, Method};
use bytes::Bytes;

use crate::contract::{Evidence, Refusal, catalogue, no_code};
use crate::effects::{Effects, Ids, Timestamp};
use crate::http::{Request, Response};
use crate::odata::dialect::{ErrorCode, RepeatedOptions};
use crate::odata::edm::{Association, ComplexType, End, EntityType, Kind, Navigation, Property, Schema, Set};
use crate::odata::{
    Answer, Context, Dialect, Entity, EntitySet, Entry, Error, Key, Media, Related, Rows, Service, Value,
};
use crate::store::{Draft, Holds, Store, Table};

static HISTORY: ComplexType =
    ComplexType { name: "History", properties: &[Property::new("at", Kind::DateTime), Property::string("by", 255)] };
static NAMED: EntityType = EntityType {
    name: "Named",
    base: None,
    is_abstract: true,
    key: &["name"],
    properties: &[Property::string("name", 40).required()],
    navigation: &[],
    media: false,
};
static SHELF: EntityType = EntityType {
    name: "Shelf",
    base: Some(&NAMED),
    is_abstract: false,
    key: &[],
    properties: &[
        Property::new("size", Kind::Int32),
        Property::new("built", Kind::DateTimeOffset),
        Property::new("life", Kind::Complex(&HISTORY)),
    ],
    navigation: &[Navigation {
        name: "books",
        association: "Shelf_Books",
        from_role: "shelf",
        to_role: "books",
        target: "Books",
        many: true,
    }],
    media: false,
};
static BOOK: EntityType = EntityType {
    name: "Book",
    base: None,
    is_abstract: false,
    key: &["shelf", "number"],
    properties: &[
        Property::string("shelf", 40).required(),
        Property::new("number", Kind::Int32).required(),
        Property::string("title", 200),
        Property::new("cover", Kind::Binary),
    ],
    navigation: &[Navigation {
        name: "onShelf",
        association: "Shelf_Books",
        from_role: "books",
        to_role: "shelf",
        target: "Shelves",
        many: false,
    }],
    media: true,
};
pub static SHELVES: Set = Set::new("Shelves", &SHELF);
pub static BOOKS: Set = Set::new("Books", &BOOK);
static SHELF_BOOKS: Association = Association {
    name: "Shelf_Books",
    ends: [
        End { role: "shelf", entity_type: "Shelf", entity_set: "Shelves", multiplicity: "0..1" },
        End { role: "books", entity_type: "Book", entity_set: "Books", multiplicity: "*" },
    ],
    set: "Shelf_BooksSet",
    constraint: Some(["shelf", "name", "books", "shelf"]),
};

pub static SCHEMA: Schema = Schema {
    namespace: "books",
    container: "Default",
    entity_types: &[&NAMED, &SHELF, &BOOK],
    complex_types: &[&HISTORY],
    associations: &[&SHELF_BOOKS],
    entity_sets: &[&SHELVES, &BOOKS],
};

catalogue! {
    /// What a library refuses.
    pub enum Missing, codes by no_code;

    /// There is no such shelf.
    NoShelf { name: String } = NO_SHELF "no_shelf", 404 "NO_SHELF", "No shelf '{name}'", Evidence::Assumed("made up"),
        "Build it.";
}

#[derive(Debug, Clone)]
pub struct World {
    ids: Ids,
    pub library: Library,
}

#[derive(Debug, Clone, Default)]
pub struct Library {
    pub shelves: Table<String, i32>,
    pub books: Table<(String, i32), String>,
    pub strict: bool,
}

impl Holds<Library> for World {
    fn part(&self) -> &Library {
        &self.library
    }

    fn draft(&mut self, now: Timestamp) -> (&mut Library, Effects<'_>) {
        (&mut self.library, Effects { now, ids: &mut self.ids })
    }
}

struct Shelves;
struct Books;

pub fn shelf(name: &str, size: i32) -> Entity {
    let life = Value::Complex(vec![Value::DateTime(Timestamp(1_000)), Value::Null]);
    let built = Value::DateTimeOffset(Timestamp::from_seconds(i64::from(size)));
    Entity::new(&SHELVES, vec![name.to_owned().into(), size.into(), built, life])
}

pub fn book(shelf: &str, number: i32, title: &str) -> Entity {
    let cover = Value::Binary(Bytes::from_static(&[1, 2, 3]));
    Entity::new(&BOOKS, vec![shelf.to_owned().into(), number.into(), title.to_owned().into(), cover])
}

fn known(state: &Library, name: &str) -> Result<i32, Refusal> {
    state.shelves.get(name).copied().ok_or_else(|| Missing::NoShelf { name: name.to_owned() }.into())
}

impl EntitySet<Library> for Shelves {
    fn set(&self) -> &'static Set {
        &SHELVES
    }

    fn list<'a>(&self, _: &'a Context<'a>, state: &'a Library) -> Result<Rows<'a>, Refusal> {
        Ok(Box::new(state.shelves.iter().map(|(name, size)| shelf(name, *size))))
    }

    fn read(&self, _: &Context<'_>, state: &Library, key: &Key) -> Result<Entity, Refusal> {
        let name = key.text("name");
        Ok(shelf(name, known(state, name)?))
    }

    fn navigate<'a>(
        &self,
        _: &'a Context<'a>,
        state: &'a Library,
        key: &Key,
        _: &'static Navigation,
    ) -> Result<Related<'a>, Refusal> {
        let name = key.text("name").to_owned();
        known(state, &name)?;
        let books = state.books.iter().filter(move |((shelf, _), _)| *shelf == name);
        Ok(Related::Many(Box::new(books.map(|((shelf, number), title)| book(shelf, *number, title)))))
    }

    fn create(&self, _: &Context<'_>, draft: &mut Draft<'_, Library>, entry: &Entry) -> Result<Answer, Refusal> {
        let name = entry.text("name").unwrap_or_default().to_owned();
        let size = if let Some(Value::Int32(size)) = entry.value("size") { *size } else { 0 };
        draft.state.shelves.insert(name.clone(), size);
        for (number, book) in (1..).zip(entry.nested("books").unwrap_or_default()) {
            let title = book.text("title").unwrap_or_default().to_owned();
            draft.state.books.insert((name.clone(), number), title);
        }
        Ok(Answer::Created(shelf(&name, size)))
    }

    fn create_related(
        &self,
        _: &Context<'_>,
        draft: &mut Draft<'_, Library>,
        key: &Key,
        _: &'static Navigation,
        entry: &Entry,
    ) -> Result<Answer, Refusal> {
        let name = key.text("name");
        known(draft.state, name)?;
        let Some(Value::Int32(number)) = entry.value("number") else { return Ok(Answer::NoContent) };
        let title = entry.text("title").unwrap_or_default();
        draft.state.books.insert((name.to_owned(), *number), title.to_owned());
        Ok(Answer::Created(book(name, *number, title)))
    }

    fn update(
        &self,
        _: &Context<'_>,
        draft: &mut Draft<'_, Library>,
        key: &Key,
        entry: &Entry,
        _: bool,
    ) -> Result<Answer, Refusal> {
        let name = key.text("name");
        let size = known(draft.state, name)?;
        let size = if let Some(Value::Int32(size)) = entry.value("size") { *size } else { size };
        draft.state.shelves.insert(name.to_owned(), size);
        Ok(Answer::NoContent)
    }

    fn delete(&self, _: &Context<'_>, draft: &mut Draft<'_, Library>, key: &Key) -> Result<Answer, Refusal> {
        known(draft.state, key.text("name"))?;
        draft.state.shelves.remove(key.text("name"));
        Ok(Answer::NoContent)
    }
}

impl EntitySet<Library> for Books {
    fn set(&self) -> &'static Set {
        &BOOKS
    }

    fn list<'a>(&self, _: &'a Context<'a>, state: &'a Library) -> Result<Rows<'a>, Refusal> {
        Ok(Box::new(state.books.iter().map(|((shelf, number), title)| book(shelf, *number, title))))
    }

    fn read(&self, _: &Context<'_>, state: &Library, key: &Key) -> Result<Entity, Refusal> {
        let number =
            key.parts().iter().find_map(|(_, value)| if let Value::Int32(n) = value { Some(*n) } else { None });
        let place = (key.text("shelf").to_owned(), number.unwrap_or_default());
        let title = state.books.get(&place).ok_or_else(|| Refusal::from(Error::EntityNotFound))?;
        Ok(book(&place.0, place.1, title))
    }

    fn navigate<'a>(
        &self,
        _: &'a Context<'a>,
        state: &'a Library,
        key: &Key,
        _: &'static Navigation,
    ) -> Result<Related<'a>, Refusal> {
        let name = key.text("shelf");
        Ok(Related::One(state.shelves.get(name).map(|size| shelf(name, *size))))
    }

    fn media(&self, cx: &Context<'_>, state: &Library, key: &Key) -> Result<Media, Refusal> {
        let title = self.read(cx, state, key)?;
        let body = title.value("title").and_then(Value::as_str).unwrap_or_default().to_owned();
        Ok(Media { media_type: "text/x-book", body: body.into() })
    }

    fn put_media(
        &self,
        _: &Context<'_>,
        draft: &mut Draft<'_, Library>,
        key: &Key,
        media: &[u8],
    ) -> Result<Answer, Refusal> {
        let title = String::from_utf8_lossy(media).into_owned();
        draft.state.books.insert((key.text("shelf").to_owned(), 1), title);
        Ok(Answer::NoContent)
    }
}

pub static SERVICE: Service<Library> = Service {
    root: "/books.svc",
    schema: &SCHEMA,
    sets: &[&Shelves, &Books],
    dialect: |library| Dialect {
        error_code: if library.strict { ErrorCode::ReasonPhrase } else { ErrorCode::Null },
        repeated_options: if library.strict { RepeatedOptions::Refused } else { RepeatedOptions::Combined },
        ..Dialect::default()
    },
};

/// Two shelves `a` (size 3) and `b'c` (size 1), and two books on `a`.
pub fn store() -> Store<World> {
    let shelves = [("a".to_owned(), 3), ("b'c".to_owned(), 1)].into_iter().collect();
    let books = [(("a".to_owned(), 1), "One".to_owned()), (("a".to_owned(), 2), "Two".to_owned())];
    let library = Library { shelves, books: books.into_iter().collect(), strict: false };
    Store::new(Arc::new(World { ids: Ids::new(1), library }))
}

/// One request; `headers` as `Name: value` lines.
pub fn send(store: &Store<World>, line: &str, headers: &[&str], body: impl Into<Bytes>) -> Response {
    let (method, target) = line.split_once(' ').unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut map = HeaderMap::new();
    for header in headers {
        let (name, value) = header.split_once(':').unwrap();
        map.append(HeaderName::try_from(name).unwrap(), HeaderValue::from_str(value.trim()).unwrap());
    }
    let request = Request {
        method: Method::from_bytes(method.as_bytes()).unwrap(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: map,
        body: body.into(),
        origin: "http://h".into(),
        client_certificate: None,
    };
    super::answer(&SERVICE, store, &request)
}

pub fn text(response: &Response) -> &str {
    std::str::from_utf8(&response.body).unwrap()
}

/// Status and body of a `GET` that accepts JSON.
pub fn get(target: &str) -> (u16, String) {
    let response = send(&store(), &format!("GET /books.svc{target}"), &["Accept: application/json"], "");
    (response.status.as_u16(), text(&response).to_owned())
}
