//! Builds the pages' stylesheet and script from the GOV.UK Design System's npm package, so that Node is
//! needed to build and never to run. Everything happens in cargo's own output folder.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// What the build reads.
const SOURCES: [&str; 5] = ["package.json", "package-lock.json", "build.mjs", "redress.scss", "staff.scss"];

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=design");
    println!("cargo:rerun-if-changed=assets");
    println!("cargo:rerun-if-changed=templates");
    println!("cargo:rerun-if-changed=words");
    let variable = |name: &str| env::var_os(name).map(PathBuf::from).ok_or_else(|| io::Error::other(name.to_owned()));
    let (root, out) = (variable("CARGO_MANIFEST_DIR")?, variable("OUT_DIR")?);
    let work = out.join("design");
    fs::create_dir_all(&work)?;
    for source in SOURCES {
        fs::copy(root.join("design").join(source), work.join(source))?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let quietly = ["--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
    run(Command::new(npm).arg("ci").args(quietly).current_dir(&work))?;
    let assets = out.join("assets");
    if assets.exists() {
        fs::remove_dir_all(&assets)?;
    }
    run(Command::new("node").arg("build.mjs").arg(&assets).current_dir(&work))?;
    copy(&root.join("assets"), &assets)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

fn run(command: &mut Command) -> io::Result<()> {
    let name = format!("{command:?}");
    let output = command.output().map_err(|error| {
        io::Error::other(format!("{name} could not be run ({error}): the pages are built with Node 20 and its npm"))
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    Err(io::Error::other(format!("{name} failed: {said}")))
}
