//! `$select` and `$expand` (OData V2 URI conventions, sections 4.6 and 4.8): what of an entity an answer shows.

use super::edm::{EntityType, Navigation, Schema, Set};
use super::error::Error;

/// Navigation properties that one item of `$expand` or `$select` may follow.
const DEEPEST: usize = 12;

/// What an answer shows of an entity of one type.
#[derive(Debug, Default, Clone)]
pub(crate) struct Shape {
    /// By the position of each property; `None` for all.
    properties: Option<Vec<bool>>,
    /// By the position of each navigation property; `None` for all, deferred.
    links: Option<Vec<Link>>,
}

/// What an answer shows of a navigation property.
#[derive(Debug, Clone)]
pub(crate) enum Link {
    Omitted,
    Deferred,
    Expanded(Shape),
}

impl Shape {
    /// Reads the two options for entities of a set.
    pub(crate) fn read(
        select: Option<&str>,
        expand: Option<&str>,
        set: &'static Set,
        schema: &'static Schema,
    ) -> Result<Self, Error> {
        if select.is_none() && expand.is_none() {
            return Ok(Self::default());
        }
        let expanded = expand.map(|text| items(text, set, schema, expand_item)).transpose()?.unwrap_or_default();
        let selected = select.map(|text| items(text, set, schema, select_item)).transpose()?;
        Ok(build(set, selected.as_deref(), &expanded, schema))
    }

    /// The shape that expands these paths of navigation properties and nothing else.
    pub(crate) fn of_paths(paths: &[&[&'static Navigation]], set: &'static Set, schema: &'static Schema) -> Self {
        let items: Vec<Item> = paths.iter().map(|path| Item { path: path.to_vec(), end: End::Navigation }).collect();
        if items.is_empty() { Self::default() } else { build(set, None, &items, schema) }
    }

    /// Whether the property at a position is shown.
    pub(crate) fn shows(&self, position: usize) -> bool {
        self.properties.as_ref().is_none_or(|shown| shown.get(position).copied().unwrap_or_default())
    }

    /// How the navigation property at a position is shown.
    pub(crate) fn link(&self, position: usize) -> &Link {
        match &self.links {
            None => &Link::Deferred,
            Some(links) => links.get(position).unwrap_or(&Link::Omitted),
        }
    }

    /// The navigation properties to expand.
    pub(crate) fn expanded(&self, entity_type: &EntityType) -> impl Iterator<Item = (&'static Navigation, &Self)> {
        let links = self.links.as_deref().unwrap_or_default();
        entity_type.wire_navigation().zip(links).filter_map(|(navigation, link)| match link {
            Link::Expanded(shape) => Some((navigation, shape)),
            _ => None,
        })
    }

    /// True if nothing is expanded.
    pub(crate) fn is_flat(&self) -> bool {
        !self.links.iter().flatten().any(|link| matches!(link, Link::Expanded(_)))
    }
}

/// One item: the navigation properties it follows, and what it ends with.
#[derive(Debug, Clone)]
struct Item {
    path: Vec<&'static Navigation>,
    end: End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// The last navigation property itself.
    Navigation,
    /// `*`
    Star,
    /// A property.
    Property(&'static str),
}

type ReadItem = fn(&str, &'static Set, &'static Schema) -> Result<Item, Error>;

fn items(text: &str, set: &'static Set, schema: &'static Schema, read: ReadItem) -> Result<Vec<Item>, Error> {
    text.split(',')
        .map(|item| {
            let item = item.trim();
            if item.split('/').any(str::is_empty) {
                return Err(Error::EmptySegment);
            }
            if item.split('/').count() > DEEPEST {
                return Err(Error::TooDeep);
            }
            read(item, set, schema)
        })
        .collect()
}

fn expand_item(item: &str, set: &'static Set, schema: &'static Schema) -> Result<Item, Error> {
    let mut from = set;
    let mut path = Vec::new();
    for name in item.split('/') {
        if from.entity_type.property(name).is_some() {
            return Err(Error::NotANavigationProperty { property: name.to_owned() });
        }
        let (navigation, target) = follow(name, from, schema)?;
        path.push(navigation);
        from = target;
    }
    Ok(Item { path, end: End::Navigation })
}

fn select_item(item: &str, set: &'static Set, schema: &'static Schema) -> Result<Item, Error> {
    let mut from = set;
    let mut selected = Item { path: Vec::new(), end: End::Navigation };
    for name in item.split('/') {
        if selected.end != End::Navigation {
            return Err(Error::InvalidSegment { segment: item.to_owned() });
        }
        if name == "*" {
            selected.end = End::Star;
        } else if let Some(property) = from.entity_type.property(name) {
            selected.end = End::Property(property.name);
        } else {
            let (navigation, target) = follow(name, from, schema)?;
            selected.path.push(navigation);
            from = target;
        }
    }
    Ok(selected)
}

fn follow(name: &str, from: &Set, schema: &Schema) -> Result<(&'static Navigation, &'static Set), Error> {
    let unknown = || Error::UnknownProperty { property: name.to_owned() };
    let navigation = from.entity_type.navigation(name).ok_or_else(unknown)?;
    Ok((navigation, schema.set(navigation.target).ok_or_else(unknown)?))
}

/// The shape of entities of `set`; `selected` is `None` where everything is.
fn build(set: &'static Set, selected: Option<&[Item]>, expanded: &[Item], schema: &'static Schema) -> Shape {
    let here = |item: &&Item| item.path.is_empty();
    let star = selected.is_none_or(|items| items.iter().filter(here).any(|item| item.end == End::Star));
    let properties = (!star).then(|| {
        let items = selected.unwrap_or_default();
        let named = |name| items.iter().filter(here).any(|item| item.end == End::Property(name));
        set.entity_type.wire_properties().map(|property| named(property.name)).collect()
    });
    let navigation = set.entity_type.wire_navigation();
    let links = navigation.map(|navigation| link(navigation, star, selected, expanded, schema)).collect();
    Shape { properties, links: Some(links) }
}

fn link(
    navigation: &'static Navigation,
    star: bool,
    selected: Option<&[Item]>,
    expanded: &[Item],
    schema: &'static Schema,
) -> Link {
    let chosen = below(selected.unwrap_or_default(), navigation);
    if !star && chosen.is_empty() {
        return Link::Omitted;
    }
    let (inner, Some(target)) = (below(expanded, navigation), schema.set(navigation.target)) else {
        return Link::Deferred;
    };
    if inner.is_empty() {
        return Link::Deferred;
    }
    let whole = chosen.is_empty() || chosen.iter().any(|item| item.path.is_empty() && item.end == End::Navigation);
    Link::Expanded(build(target, (!whole).then_some(chosen.as_slice()), &inner, schema))
}

/// The items that begin with a navigation property, without it.
fn below(items: &[Item], navigation: &Navigation) -> Vec<Item> {
    let begins = items.iter().filter_map(|item| item.path.split_first().map(|(first, rest)| (first, rest, item.end)));
    begins
        .filter(|(first, ..)| first.name == navigation.name)
        .map(|(_, rest, end)| Item { path: rest.to_vec(), end })
        .collect()
}
