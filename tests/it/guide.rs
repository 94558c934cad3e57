//! The guide's table of names holds every function, once, with the names of the TypeScript SDK.

use std::collections::BTreeSet;

const TABLE: &str = include_str!("../../src/guide/from_typescript.md");
const FUNCTIONS: &str = include_str!("../../funcs/mod.rs");
const INTERFACE: &str = include_str!("../../public-api/authlete.txt");

/// `aBigName` of `a_big_name`.
fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let mut camel = words.next().unwrap().to_owned();
    for word in words {
        let (first, rest) = word.split_at(1);
        camel += &first.to_uppercase();
        camel += rest;
    }
    camel
}

/// The cells of each row of the last table, without their marks.
fn rows() -> Vec<[String; 4]> {
    let table = TABLE.split("# Every function").nth(1).unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| ") && line.contains("crate::funcs::"));
    rows.map(|row| {
        let cells = row.trim_matches('|').split(" | ").map(|cell| cell.trim().trim_matches('`').to_owned());
        let cells: Vec<String> = cells.collect();
        cells.try_into().unwrap()
    })
    .collect()
}

#[test]
fn every_function_stands_in_the_table_once() {
    let listed = FUNCTIONS.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'));
    let operations: BTreeSet<&str> = listed
        .filter(|name| {
            !["paged", "token_management_revoke_all", "token_operations_wait_for_batch"].contains(name)
        })
        .collect();
    let rows = rows();
    let in_table: BTreeSet<&str> =
        rows.iter().map(|[_, _, link, _]| link.split('`').nth(1).unwrap()).collect();
    assert_eq!(rows.len(), in_table.len(), "a function stands there twice");
    assert_eq!(in_table, operations);
}

#[test]
fn the_names_of_the_table_are_real() {
    let mut unnamed = 0;
    for [function, method, link, face] in rows() {
        let name = link.split('`').nth(1).unwrap().to_owned();
        let (group, of_group) = face.split_once("().").unwrap();
        let in_interface = |text: &str| INTERFACE.lines().any(|line| line.contains(text));
        assert!(in_interface(&format!("::{of_group}(&self")), "no method {face}");
        assert!(in_interface(&format!("authlete::Authlete::{group}(&self)")), "no group {group}");
        if function.is_empty() {
            unnamed += 1;
            continue;
        }
        assert_eq!(function, camel_case(&name));
        assert_eq!(method, format!("{}.{}", camel_case(group), camel_case(of_group)));
    }
    assert_eq!(unnamed, 7);
}
