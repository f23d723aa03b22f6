//! Who asks: an access key id names a function.

use aws_credential_types::Credentials;
use redress_platform::{Account, account};

/// What every key id here begins with: the form of AWS's own, and nobody's.
const PREFIX: &str = "AKIALOCAL";

/// The laptop's own name: the demo, the desk, the calendar and the tools sign with it.
const LAPTOP: &str = "laptop";

/// Whose request it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// The laptop itself, who may do everything that is not denied to everybody.
    Laptop,
    /// A function, by its binary's name.
    Function(String),
}

impl Caller {
    /// Whose access key id it is; nobody's when it is not one of ours.
    pub fn of<'a>(key: &str, mut functions: impl Iterator<Item = &'a str>) -> Option<Caller> {
        if key == key_id(LAPTOP) {
            return Some(Caller::Laptop);
        }
        functions.find(|name| key_id(name) == key).map(|name| Caller::Function(name.to_owned()))
    }

    /// As AWS names it in a refusal.
    pub fn arn(&self) -> String {
        match self {
            Caller::Laptop => "arn:aws:iam::000000000000:user/laptop".to_owned(),
            Caller::Function(name) => format!("arn:aws:sts::000000000000:assumed-role/local-{name}/{name}"),
        }
    }

    /// A word for logs.
    pub(crate) fn function(&self) -> &str {
        match self {
            Caller::Laptop => LAPTOP,
            Caller::Function(name) => name,
        }
    }
}

/// The access key id in an `Authorization` header: what stands before the first stroke of its credential.
pub fn key_in(authorization: &str) -> Option<&str> {
    authorization.split_once("Credential=")?.1.split('/').next()
}

/// The access key id of a function.
pub fn key_id(function: &str) -> String {
    format!("{PREFIX}{}", function.to_uppercase())
}

/// An account in which a function has an access key of its own.
pub fn signer(function: &str) -> Account {
    signer_with(function, None)
}

/// The same with a session's token, as a function on AWS signs.
pub(crate) fn signer_with(function: &str, token: Option<String>) -> Account {
    account(Some(Credentials::new(key_id(function), "local", token, None, "laptop")))
}

/// The account of the laptop itself.
pub fn laptop() -> Account {
    signer(LAPTOP)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_id_names_a_function_and_no_other() {
        let who = |key: &str| Caller::of(key, ["intake", "casework"].into_iter());
        assert_eq!(who("AKIALOCALCASEWORK"), Some(Caller::Function("casework".to_owned())));
        assert_eq!(who("AKIALOCALLAPTOP"), Some(Caller::Laptop));
        for nobody in ["AKIALOCALCASE", "casework", "AKIALOCAL", "AKIALOCALDEADLINES", ""] {
            assert_eq!(who(nobody), None, "{nobody}");
        }
    }

    #[test]
    fn the_key_id_of_a_request_stands_in_its_credential() {
        let header =
            "AWS4-HMAC-SHA256 Credential=AKIALOCALINTAKE/20260320/eu-west-2/dynamodb/aws4_request, Signature=x";
        assert_eq!(key_in(header), Some("AKIALOCALINTAKE"));
        assert_eq!(key_in("Bearer x"), None);
    }
}
