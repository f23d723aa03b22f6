//! The desk's part of the document: the list, the next case, many cases at once.

use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{RefOr, ResponseBuilder};

use super::{operation, page_of, queried};

/// What the list may be narrowed to and ordered by.
const FILTERS: [&str; 12] =
    ["team", "owner", "status", "stage", "kind", "due_before", "overdue", "service", "flag", "sort", "q", "cursor"];

pub(super) fn listing(summary: &RefOr<Schema>, problem: &RefOr<Schema>) -> Operation {
    let mut page = page_of("cases", summary.clone());
    if let RefOr::T(Schema::Object(object)) = &mut page {
        let partial = ObjectBuilder::new().schema_type(SchemaType::Type(Type::Boolean));
        let partial = partial.description(Some("Only those due first were put in this order."));
        object.properties.insert("partial".to_owned(), RefOr::T(Schema::Object(partial.build())));
    }
    queried(operation("List open cases by due date", &["council"], Some("staff"), "200", &page, problem), &FILTERS)
}

/// Taking the next case: what is sent, and the operation.
pub(super) fn next(case: &RefOr<Schema>, problem: &RefOr<Schema>) -> (RefOr<Schema>, Operation) {
    let mut next = operation("Take the next case that nobody has", &["council"], Some("staff"), "200", case, problem);
    let nothing = ResponseBuilder::new().description("Nothing waits").build();
    next.responses.responses.insert("204".to_owned(), RefOr::T(nothing));
    (object(ObjectBuilder::new().property("team", text())), next)
}

/// Giving many cases to somebody: what is sent, and the operation.
pub(super) fn assign(problem: &RefOr<Schema>) -> (RefOr<Schema>, Operation) {
    let version = || ObjectBuilder::new().schema_type(SchemaType::Type(Type::Integer));
    let case = ObjectBuilder::new().property("reference", text()).required("reference").property("version", version());
    let owner = ObjectBuilder::new().property("id", text()).required("id").property("name", text());
    let owner = owner.property("role", text());
    let sent = ObjectBuilder::new()
        .property("cases", many(case))
        .required("cases")
        .property("owner", object(owner.description(Some("An id of the directory may stand in its place."))))
        .property("team", text());
    (object(sent), operation("Give cases to somebody", &["council"], Some("staff"), "200", &results(), problem))
}

/// Linking many cases to the first of their campaign: what is sent, and the operation.
pub(super) fn campaign(problem: &RefOr<Schema>) -> (RefOr<Schema>, Operation) {
    let case = ObjectBuilder::new().property("reference", text()).required("reference");
    let first = text().description(Some("The reference of the first case, which the others are linked to"));
    let sent = ObjectBuilder::new().property("cases", many(case)).required("cases").property("first", first);
    let sent = object(sent.required("first"));
    (sent, operation("Link cases to a campaign", &["council"], Some("staff"), "200", &results(), problem))
}

/// What became of each case.
fn results() -> RefOr<Schema> {
    let result = ObjectBuilder::new()
        .property("reference", text())
        .required("reference")
        .property("status", text().description(Some("done, unchanged, changed, refused, not-found or failed")))
        .required("status")
        .property("detail", maybe(Type::String))
        .property("version", maybe(Type::Integer));
    object(ObjectBuilder::new().property("results", many(result)).required("results"))
}

fn object(object: ObjectBuilder) -> RefOr<Schema> {
    RefOr::T(Schema::Object(object.build()))
}

fn many(item: ObjectBuilder) -> RefOr<Schema> {
    RefOr::T(Schema::Array(ArrayBuilder::new().items(object(item)).build()))
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Type(Type::String))
}

fn maybe(kind: Type) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::from_iter([kind, Type::Null]))
}
