//! A page that links the files of a council's specimens.

use redress_domain::calendar::long_date;
use redress_domain::case::name_of;
use redress_domain::policy::Policy;

use super::Specimen;
use crate::html::escaped;

const STYLE: &str = "\
body{margin:1rem;font:1.125rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif}\
main{max-width:70rem;margin:0 auto}\
table{border-collapse:collapse;width:100%}\
th,td{text-align:start;vertical-align:top;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #b1b4b6}";

/// The page: a row for each specimen, with its `.html`, `.txt` and `-print.html`, and all of them for paper.
pub fn index(policy: &Policy, specimens: &[Specimen], all_on_paper: &str) -> String {
    let council = escaped(&policy.council.name);
    let rows: String = specimens.iter().map(|specimen| row(policy, specimen)).collect();
    format!(
        "<!doctype html>\n<html lang=\"en-GB\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Letters: {council}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Letters: {council}</h1>\n\
         <p>Made from “{}”, version {}. Nobody in them is real.</p>\n\
         <p><a href=\"{}\">All of them on paper</a></p>\n<table>\n<thead><tr><th scope=\"col\">Letter</th>\
         <th scope=\"col\">Stage</th><th scope=\"col\">Date</th><th scope=\"col\">Subject</th>\
         <th scope=\"col\">See it as</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</main>\n</body>\n</html>\n",
        escaped(&policy.policy.title),
        policy.policy.version,
        escaped(all_on_paper),
    )
}

fn row(policy: &Policy, specimen: &Specimen) -> String {
    let name = escaped(&specimen.name());
    let stage = policy.stage(specimen.stage).map_or_else(|| specimen.stage.to_string(), |stage| stage.name.clone());
    format!(
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td><a href=\"{name}.html\">mail</a>, \
         <a href=\"{name}.txt\">plain text</a>, <a href=\"{name}-print.html\">paper</a></td></tr>\n",
        escaped(&name_of(specimen.kind).replace('-', " ")),
        escaped(&stage),
        long_date(specimen.on),
        escaped(&specimen.words.subject),
    )
}
