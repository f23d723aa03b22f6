//! Who is signed in, and which pages the navigation offers them.

use serde_json::Value;

use redress_domain::roles::{Reads, Roles};

use crate::Identity;

impl Identity {
    /// Who they are and where they may go, as every staff page has it.
    pub fn me_at(&self, roles: &Roles) -> Value {
        let row = roles.row(self.role);
        let posts = roles.may_somewhere(self.role, "printed");
        let mut me = self.me();
        if let Value::Object(fields) = &mut me {
            fields.insert("posts".to_owned(), posts.into());
            fields.insert("audits".to_owned(), row.is_some_and(|row| row.audits).into());
            fields.insert("admin".to_owned(), row.is_some_and(|row| row.reads == Reads::Everything).into());
        }
        me
    }
}
