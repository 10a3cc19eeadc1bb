//! All packages have the program's version: they start no other.

use std::fs;

use super::workshop::package;

const VERSION: &str = env!("CARGO_PKG_VERSION");

pub fn agree() {
    let node: serde_json::Value = serde_json::from_str(&read("node/package.json")).unwrap();
    let platforms = node["optionalDependencies"].as_object().unwrap().values();
    for said in platforms.chain([&node["version"]]) {
        assert_eq!(said, VERSION, "packages/node/package.json");
    }
    for pom in ["java/pom.xml", "java/testcontainers/pom.xml"] {
        let text = read(pom);
        let said = text.split_once("<version>").and_then(|(_, rest)| rest.split_once("</version>")).unwrap().0;
        assert_eq!(said, VERSION, "packages/{pom}");
    }
    assert!(read("python/pyproject.toml").contains("dynamic = [\"version\"]"), "the wheel has that of Cargo.toml");
}

fn read(file: &str) -> String {
    fs::read_to_string(package(file)).unwrap()
}
