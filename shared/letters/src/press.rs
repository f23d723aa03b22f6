//! The press: every template compiled once, letters made from their parts.

use minijinja::Environment;
use minijinja::syntax::SyntaxConfig;
use redress_domain::case::name_of;
use redress_domain::decide::StaffMail;
use redress_domain::letter::LetterOrder;

use crate::context::{self, DigestEnvelope, DigestItem, Envelope, Names, StaffEnvelope};
use crate::error::LetterError;
use crate::{clean, filters, marked, templates};

/// Makes letters. Compiled at start, so that a broken template stops the start and no letter.
#[derive(Debug)]
pub struct Press {
    env: Environment<'static>,
}

/// A letter in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The subject: what it is about and the reference, nothing about the person.
    pub subject: String,
    /// The letter in its marked form; see [`crate::blocks`].
    pub body: String,
}

impl Press {
    /// Compiles the templates, each given by its file (`letters/receipt.txt`, or
    /// `<council>/letters/receipt.txt` for one council's own) and its text.
    ///
    /// # Errors
    /// A template that does not compile, a file that no letter would use, and a kind
    /// of letter that has no shared template.
    pub fn new(templates: impl IntoIterator<Item = (String, String)>) -> Result<Press, LetterError> {
        let mut env = Environment::new();
        env.set_syntax(syntax());
        filters::set_up(&mut env);
        for (file, text) in templates {
            templates::check_name(&file)?;
            env.add_template_owned(file.clone(), text).map_err(|error| LetterError::of(&file, &error))?;
        }
        for name in templates::names() {
            let file = templates::shared(&name);
            if env.get_template(&file).is_err() {
                return Err(LetterError::Missing { file });
            }
        }
        Ok(Press { env })
    }

    /// A letter to a resident.
    ///
    /// # Errors
    /// When the template names something that this letter does not have.
    pub fn letter(&self, order: &LetterOrder, envelope: &Envelope<'_>) -> Result<Words, LetterError> {
        let file = self.file(envelope.council_id, &name_of(order.kind));
        self.print(&file, context::of_letter(order, envelope))
    }

    /// A mail to staff.
    ///
    /// # Errors
    /// When the template names something that this mail does not have.
    pub fn staff(&self, mail: &StaffMail, envelope: &StaffEnvelope<'_>) -> Result<Words, LetterError> {
        let file = self.file(envelope.council_id, templates::STAFF);
        self.print(&file, context::of_staff(mail, envelope))
    }

    /// The morning's digest.
    ///
    /// # Errors
    /// When the template names something that a digest does not have.
    pub fn digest(&self, items: &[DigestItem], envelope: &DigestEnvelope<'_>) -> Result<Words, LetterError> {
        let file = self.file(envelope.council_id, templates::DIGEST);
        self.print(&file, context::of_digest(items, envelope))
    }

    /// The files, for whoever goes through all of them.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.env.templates().map(|(file, _)| file)
    }

    /// Makes the words from a template and what it can name.
    pub(crate) fn print(&self, file: &str, names: Names) -> Result<Words, LetterError> {
        let template = self.env.get_template(file).map_err(|error| LetterError::of(file, &error))?;
        let made = template.render(names).map_err(|error| LetterError::of(file, &error))?;
        let shape = |message: &str| LetterError::Shape { file: file.to_owned(), message: message.to_owned() };
        let (first, body) = made.trim_start().split_once('\n').ok_or_else(|| shape("it has no body"))?;
        let subject = first.strip_prefix("Subject:").ok_or_else(|| shape("its first line is not `Subject: …`"))?;
        let subject = clean::line(subject);
        if subject.is_empty() || body.trim().is_empty() {
            return Err(shape("its subject or its body is empty"));
        }
        Ok(Words { subject, body: marked::settle(body) })
    }

    /// The council's own template, or else the shared one.
    fn file(&self, council: &str, name: &str) -> String {
        let own = templates::own(council, name);
        if self.env.get_template(&own).is_ok() { own } else { templates::shared(name) }
    }
}

/// A line that holds only a tag leaves no empty line behind.
fn syntax() -> SyntaxConfig {
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true);
    // The usual delimiters, which cannot be refused.
    syntax.build().unwrap_or_default()
}
