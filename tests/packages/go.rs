//! The file that is to be copied beside the tests, with the example of its README.

use std::fs;

use super::workshop::{command, files, package, succeeds, workshop};

pub fn runs() {
    let folder = workshop("go");
    for file in files(&package("go")) {
        fs::copy(&file, folder.join(file.file_name().unwrap())).unwrap();
    }
    let readme = fs::read_to_string(package("go").join("README.md")).unwrap();
    let example = readme.split_once("```go\n").and_then(|(_, rest)| rest.split_once("```")).unwrap().0;
    let test = format!("package certmimic\n\nimport \"testing\"\n\n{example}");
    fs::write(folder.join("readme_test.go"), test).unwrap();
    succeeds(command("go", &folder).args(["vet", "./..."]));
    let program = env!("CARGO_BIN_EXE_certmimic");
    succeeds(command("go", &folder).args(["test", "-count=1", "./..."]).env("CERTMIMIC_BINARY", program));
}
