//! The binaries, built as this test was built.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Where they are. The first who asks has them built; the others wait.
pub(crate) fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(build)
}

fn build() -> PathBuf {
    let here = std::env::current_exe().expect("a test has a path");
    let profile = here.parent().and_then(Path::parent).expect("it lies in target/<profile>/deps").to_owned();
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut build = Command::new(cargo);
    build.args(["build", "--workspace", "--bins", "--locked", "--quiet"]);
    if profile.ends_with("release") {
        build.arg("--release");
    }
    // What cargo told this test of itself is not for another cargo: with it, crates whose build
    // looks at those variables would be built again, and once more the next time.
    for (name, _) in std::env::vars() {
        let of_this_test = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"];
        if of_this_test.iter().any(|prefix| name.starts_with(prefix)) {
            build.env_remove(name);
        }
    }
    build.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    assert!(build.status().expect("cargo runs").success(), "the binaries are built");
    profile
}
