//! The policies are packed into the binary: pack again when one changes.

fn main() {
    println!("cargo:rerun-if-changed=../../policies");
}
