//! JSON Patch (RFC 6902) over JSON Pointers (RFC 6901).

use serde_json::Value;

/// The document with the operations of a patch carried out in order; `None` when one of them cannot be.
pub(crate) fn patched(mut document: Value, patch: &Value) -> Option<Value> {
    for operation in patch.as_array()? {
        let text = |name: &str| operation.get(name).and_then(Value::as_str);
        let path = text("path")?;
        let value = || operation.get("value").cloned();
        match text("op")? {
            "add" => add(&mut document, path, value()?)?,
            "remove" => drop(remove(&mut document, path)?),
            "replace" => *document.pointer_mut(path)? = value()?,
            "move" => {
                let from = text("from")?;
                // A value cannot go into itself (RFC 6902, section 4.4).
                if path.strip_prefix(from).is_some_and(|rest| rest.starts_with('/')) {
                    return None;
                }
                let moved = remove(&mut document, from)?;
                add(&mut document, path, moved)?;
            }
            "copy" => {
                let copied = document.pointer(text("from")?)?.clone();
                add(&mut document, path, copied)?;
            }
            "test" => {
                if document.pointer(path)? != operation.get("value")? {
                    return None;
                }
            }
            _ => return None,
        }
    }
    Some(document)
}

/// The value that holds the target of a path, and the target's name there.
fn holder<'a>(document: &'a mut Value, path: &str) -> Option<(&'a mut Value, String)> {
    let (holder, name) = path.rsplit_once('/')?;
    Some((document.pointer_mut(holder)?, name.replace("~1", "/").replace("~0", "~")))
}

/// A position in a list: digits without a leading zero.
fn position(name: &str) -> Option<usize> {
    let is_index = name == "0" || !name.starts_with(['0', '+']);
    name.parse().ok().filter(|_| is_index)
}

fn add(document: &mut Value, path: &str, value: Value) -> Option<()> {
    if path.is_empty() {
        *document = value;
        return Some(());
    }
    let (holder, name) = holder(document, path)?;
    match holder {
        Value::Object(members) => {
            members.insert(name, value);
        }
        Value::Array(list) if name == "-" => list.push(value),
        Value::Array(list) => {
            let at = position(&name).filter(|at| *at <= list.len())?;
            list.insert(at, value);
        }
        _ => return None,
    }
    Some(())
}

fn remove(document: &mut Value, path: &str) -> Option<Value> {
    let (holder, name) = holder(document, path)?;
    match holder {
        Value::Object(members) => members.remove(&name),
        Value::Array(list) => {
            let at = position(&name).filter(|at| *at < list.len())?;
            Some(list.remove(at))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_operations_of_the_rfc() {
        let document = || json!({"a": {"b": [1, 2]}, "c/d": 3});
        for (patch, expected) in [
            (json!([]), Some(document())),
            (
                json!([{"op": "add", "path": "/a/b/1", "value": 9}]),
                Some(json!({"a": {"b": [1, 9, 2]}, "c/d": 3})),
            ),
            (
                json!([{"op": "add", "path": "/a/b/-", "value": 9}]),
                Some(json!({"a": {"b": [1, 2, 9]}, "c/d": 3})),
            ),
            (json!([{"op": "remove", "path": "/c~1d"}]), Some(json!({"a": {"b": [1, 2]}}))),
            (json!([{"op": "replace", "path": "/a", "value": null}]), Some(json!({"a": null, "c/d": 3}))),
            (json!([{"op": "move", "from": "/a/b", "path": "/a"}]), Some(json!({"a": [1, 2], "c/d": 3}))),
            (
                json!([{"op": "copy", "from": "/c~1d", "path": "/a/b/0"}]),
                Some(json!({"a": {"b": [3, 1, 2]}, "c/d": 3})),
            ),
            (json!([{"op": "test", "path": "/a/b/1", "value": 2}]), Some(document())),
            (json!([{"op": "test", "path": "/a/b/1", "value": 3}]), None),
            (json!([{"op": "add", "path": "/a/b/3", "value": 9}]), None),
            (json!([{"op": "add", "path": "/a/b/01", "value": 9}]), None),
            (json!([{"op": "remove", "path": "/x"}]), None),
            (json!([{"op": "replace", "path": "/x", "value": 1}]), None),
            (json!([{"op": "move", "from": "/a", "path": "/a/b"}]), None),
            (json!([{"op": "merge", "path": "/a"}]), None),
            (json!([{"op": "add", "path": "/e"}]), None),
            (json!({}), None),
        ] {
            assert_eq!(patched(document(), &patch), expected, "{patch}");
        }
    }
}
