//! Composition: of several scenarios, what the later one says holds.
//!
//! Mappings merge member by member. Lists of named things (all items have a `name`, `alias`, `id` or `username`) merge
//! by that name: a thing takes the place of its namesake, or is added at the end. In such a list a plain text names
//! itself. Everything else is replaced, lists of nothing but texts too.

use super::tree::{Member, Node, Value};

/// Members that name an item of a list.
const NAMING: [&str; 4] = ["name", "alias", "id", "username"];

/// `base` with `over` laid over it.
pub(super) fn compose(base: Node, over: Node) -> Node {
    let value = match (base.value, over.value) {
        (Value::Mapping(base), Value::Mapping(over)) => Value::Mapping(merge_members(base, over)),
        (Value::Sequence(base), Value::Sequence(over)) => Value::Sequence(merge_items(base, over)),
        (_, over) => over,
    };
    Node { value, at: over.at }
}

fn merge_members(mut base: Vec<Member>, over: Vec<Member>) -> Vec<Member> {
    for member in over {
        match base.iter().position(|known| same_key(&known.key, &member.key)) {
            Some(index) => {
                let known = base.remove(index);
                let value = compose(known.value, member.value);
                base.insert(index, Member { key: member.key, key_at: member.key_at, value });
            }
            None => base.push(member),
        }
    }
    base
}

/// Switches have two spellings: `csrf_session` and, as the systems' documents print it, `csrf-session`.
fn same_key(left: &str, right: &str) -> bool {
    let unify = |letter: u8| if letter == b'-' { b'_' } else { letter };
    left.bytes().map(unify).eq(right.bytes().map(unify))
}

fn merge_items(mut base: Vec<Node>, over: Vec<Node>) -> Vec<Node> {
    let is_mapping = |item: &Node| matches!(item.value, Value::Mapping(_));
    let mut both = base.iter().chain(&over);
    if !both.clone().all(|item| name_of(item).is_some()) || !both.any(is_mapping) {
        return over;
    }
    for item in over {
        match base.iter_mut().find(|known| name_of(known) == name_of(&item)) {
            Some(known) => *known = item,
            None => base.push(item),
        }
    }
    base
}

/// What an item is called: the first naming member that it has, its text as written.
fn name_of(item: &Node) -> Option<&str> {
    item.text().or_else(|| NAMING.iter().find_map(|key| item.member(key)?.text()))
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse_yaml;
    use super::*;

    fn composed(base: &str, over: &str) -> Node {
        compose(parse_yaml(base, 0).unwrap(), parse_yaml(over, 1).unwrap())
    }

    /// Without positions.
    fn shape(node: &Node) -> String {
        match &node.value {
            Value::Null => "~".to_owned(),
            Value::Bool(_, text) | Value::Number(_, text) | Value::Text(text) => text.clone(),
            Value::Sequence(items) => format!("[{}]", items.iter().map(shape).collect::<Vec<_>>().join(" ")),
            Value::Mapping(members) => {
                let members = members.iter().map(|member| format!("{}:{}", member.key, shape(&member.value)));
                format!("{{{}}}", members.collect::<Vec<_>>().join(" "))
            }
        }
    }

    #[test]
    fn mappings_merge_and_scalars_and_plain_lists_are_replaced() {
        let tree = composed("a: {b: 1, c: 2}\nl: [1, 2]", "a: {c: 3, d: 4}\nl: [3]");
        assert_eq!(shape(&tree), "{a:{b:1 c:3 d:4} l:[3]}");
        assert_eq!(tree.member("a").unwrap().member("b").unwrap().at.source, 0);
        assert_eq!(tree.member("a").unwrap().member("c").unwrap().at.source, 1);
    }

    #[test]
    fn named_things_take_the_place_of_their_namesakes() {
        let tree = composed("l: [{name: a, x: 1}, {name: b}]", "l: [{name: c}, {name: a, y: 2}]");
        assert_eq!(shape(&tree), "{l:[{name:a y:2} {name:b} {name:c}]}");
        let tree = composed("l: [a, b]", "l: [{name: b, x: 1}]");
        assert_eq!(shape(&tree), "{l:[a {name:b x:1}]}");
    }
}
