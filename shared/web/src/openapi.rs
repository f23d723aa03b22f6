//! The OpenAPI document, made from the types that read and answer, so it cannot drift.

mod desk;

use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{HttpMethod, Operation, OperationBuilder, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder, PathsBuilder, Ref, RefOr, Required, ResponseBuilder,
    SecurityRequirement,
};
use utoipa::{PartialSchema, ToSchema};

use redress_domain::commands::TABLE;
use redress_domain::feedback::Feedback;
use redress_office::track::Tracked;
use redress_office::view::CaseView;
use redress_store::Summary;

use crate::Problem;

/// The questions of equality monitoring, each voluntary; with them the kind of feedback and the group of services.
pub const EQUALITY_QUESTIONS: [&str; 10] = [
    "age_group",
    "disability",
    "ethnicity",
    "religion",
    "sex",
    "gender_reassignment",
    "sexual_orientation",
    "pregnancy_or_maternity",
    "kind",
    "service_group",
];

/// Schemas by name, gathered once.
type Named = Vec<(String, RefOr<Schema>)>;

/// The whole document.
pub fn document() -> OpenApi {
    let mut named: Named = Vec::new();
    let feedback = body::<Feedback>(&mut named);
    let received = object(&["reference", "key", "track_url"], &["acknowledge_by", "respond_by"]);
    let tracked = body::<Tracked>(&mut named);
    let case = body::<CaseView>(&mut named);
    let summary = body::<Summary>(&mut named);
    let problem = body::<Problem>(&mut named);
    let (team, next) = desk::next(&case, &problem);
    let (given, assign) = desk::assign(&problem);
    let (gathered, campaign) = desk::campaign(&problem);
    let mut paths = PathsBuilder::new()
        .path(
            "/api/{council}/feedback",
            post(operation("Send feedback", &["council"], None, "201", &received, &problem), &feedback),
        )
        .path(
            "/api/{council}/equality",
            post(
                operation(
                    "Answer voluntary questions, kept apart from every case",
                    &["council"],
                    None,
                    "204",
                    &object(&[], &[]),
                    &problem,
                ),
                &equality(),
            ),
        )
        .path(
            "/api/{council}/track/{reference}",
            get(operation("Follow a case", &["council", "reference"], Some("key"), "200", &tracked, &problem)),
        )
        .path("/api/{council}/cases", get(desk::listing(&summary, &problem)))
        .path("/api/{council}/next", post(next, &team))
        .path("/api/{council}/assign", post(assign, &given))
        .path("/api/{council}/campaign", post(campaign, &gathered))
        .path("/api/{council}/letters/print", get(letters_to_post(&problem)))
        .path("/api/{council}/audit", get(trail(&problem)))
        .path("/api/{council}/admin", get(admin(&problem)))
        .path(
            "/api/{council}/cases/{reference}",
            get(operation("Read a case", &["council", "reference"], Some("staff"), "200", &case, &problem)),
        );
    for row in TABLE {
        let (schema, inner) = (row.schema)();
        named.extend(inner);
        let name = format!("{}-command", row.name);
        named.push((name.clone(), schema));
        let schema = RefOr::Ref(Ref::from_schema_name(name));
        let staff = operation(row.label, &["council", "reference"], Some("staff"), "200", &case, &problem);
        // `preview=true` answers what it would send, and does nothing.
        let staff = queried(staff, &["preview"]);
        paths = paths.path(format!("/api/{{council}}/cases/{{reference}}/{}", row.name), post(staff, &schema));
        if matches!(row.name, "request-review" | "withdraw" | "complain-again" | "message") {
            let own = operation(row.label, &["council", "reference"], Some("key"), "200", &tracked, &problem);
            paths = paths.path(format!("/api/{{council}}/track/{{reference}}/{}", row.name), post(own, &schema));
        }
    }
    let mut components = ComponentsBuilder::new()
        .security_scheme(
            "staff",
            SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build()),
        )
        .security_scheme("key", SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("X-Case-Key"))));
    for (name, schema) in named {
        components = components.schema(name, schema);
    }
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Redress")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(
                    "A council's complaints procedure. Errors are RFC 9457 problems; every bad field is told at once.",
                ))
                .license(Some(utoipa::openapi::License::new("MIT"))),
        )
        .paths(paths)
        .components(Some(components.build()))
        .build()
}

fn body<T: ToSchema + PartialSchema>(named: &mut Named) -> RefOr<Schema> {
    T::schemas(named);
    let name = T::name().to_string();
    named.push((name.clone(), T::schema()));
    RefOr::Ref(Ref::from_schema_name(name))
}

fn object(required: &[&str], optional: &[&str]) -> RefOr<Schema> {
    let mut object = ObjectBuilder::new();
    for name in required.iter().chain(optional) {
        object = object.property(*name, ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)));
    }
    for name in required {
        object = object.required(*name);
    }
    RefOr::T(Schema::Object(object.build()))
}

/// Voluntary answers: any of them, in anyone's own words.
fn equality() -> RefOr<Schema> {
    object(&[], &EQUALITY_QUESTIONS)
}

/// A page of a list: its lines, where to go on, and how many were left out.
fn page_of(name: &str, line: RefOr<Schema>) -> RefOr<Schema> {
    let whole = ObjectBuilder::new().schema_type(SchemaType::Type(Type::Integer));
    let page = ObjectBuilder::new()
        .property(name, RefOr::T(Schema::Array(ArrayBuilder::new().items(line).build())))
        .required(name)
        .property("next", ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null])))
        .property("hidden", whole.description(Some("Left out on this page: not for this reader to see.")))
        .required("hidden");
    RefOr::T(Schema::Object(page.build()))
}

fn letters_to_post(problem: &RefOr<Schema>) -> Operation {
    let of = |kind: Type| ObjectBuilder::new().schema_type(SchemaType::Type(kind));
    let mut line = ObjectBuilder::new();
    for (name, kind) in [
        ("reference", Type::String),
        ("n", Type::Integer),
        ("kind", Type::String),
        ("stage", Type::Integer),
        ("subject", Type::String),
        ("queued_at", Type::String),
        ("restricted", Type::Boolean),
    ] {
        line = line.property(name, of(kind)).required(name);
    }
    let line = line.property("to", ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null])));
    let page = page_of("letters", RefOr::T(Schema::Object(line.build())));
    queried(
        operation("List letters to post, oldest first", &["council"], Some("staff"), "200", &page, problem),
        &["cursor"],
    )
}

/// The admin page's content: an object for each of its parts.
fn admin(problem: &RefOr<Schema>) -> Operation {
    let of = |kind: Type| ObjectBuilder::new().schema_type(SchemaType::Type(kind));
    let mut whole = ObjectBuilder::new();
    for name in ["mail", "people", "calendar", "spam", "returned", "failed", "behind"] {
        whole = whole.property(name, of(Type::Object)).required(name);
    }
    for name in ["teams", "policies"] {
        let list = ArrayBuilder::new().items(of(Type::Object)).build();
        whole = whole.property(name, Schema::Array(list)).required(name);
    }
    let whole = whole.property("to_post", text()).required("to_post").property("retries", of(Type::Boolean));
    let said = "What is in force, who is known, and what waits for whoever runs the service";
    let whole = RefOr::T(Schema::Object(whole.build()));
    queried(
        operation(said, &["council"], Some("staff"), "200", &whole, problem),
        &["people", "spam", "returned", "failed"],
    )
}

fn trail(problem: &RefOr<Schema>) -> Operation {
    let mut line = ObjectBuilder::new();
    for name in ["at", "role", "what"] {
        line = line.property(name, text()).required(name);
    }
    let or_null = |kind: Type| ObjectBuilder::new().schema_type(SchemaType::from_iter([kind, Type::Null]));
    for name in ["actor", "name", "of", "reference"] {
        line = line.property(name, or_null(Type::String)).required(name);
    }
    for name in ["shown", "entry"] {
        line = line.property(name, or_null(Type::Integer)).required(name);
    }
    let page = page_of("lines", RefOr::T(Schema::Object(line.build())));
    queried(
        operation("Who read and did what, newest first", &["council"], Some("staff"), "200", &page, problem),
        &["reference", "actor", "from", "to", "cursor"],
    )
}

fn queried(mut operation: Operation, names: &[&str]) -> Operation {
    operation.parameters.get_or_insert_default().extend(names.iter().map(|name| {
        RefOr::T(ParameterBuilder::new().name(*name).parameter_in(ParameterIn::Query).schema(Some(text())).build())
    }));
    operation
}

fn operation(
    summary: &str,
    parameters: &[&str],
    security: Option<&str>,
    status: &str,
    answer: &RefOr<Schema>,
    problem: &RefOr<Schema>,
) -> Operation {
    let answered = ContentBuilder::new().schema(Some(answer.clone())).build();
    let refused = ContentBuilder::new().schema(Some(problem.clone())).build();
    let mut operation = OperationBuilder::new()
        .summary(Some(summary))
        .response(status, ResponseBuilder::new().description("Done").content("application/json", answered))
        .response(
            "default",
            ResponseBuilder::new().description("What went wrong").content("application/problem+json", refused),
        );
    for name in parameters {
        let parameter = ParameterBuilder::new()
            .name(*name)
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .schema(Some(text()));
        operation = operation.parameter(parameter);
    }
    if let Some(name) = security {
        let none: [&str; 0] = [];
        operation = operation.security(SecurityRequirement::new(name, none));
    }
    operation.build()
}

fn post(mut operation: Operation, body: &RefOr<Schema>) -> PathItem {
    let content = ContentBuilder::new().schema(Some(body.clone())).build();
    let body = RequestBodyBuilder::new().content("application/json", content).required(Some(Required::True)).build();
    operation.request_body = Some(RefOr::T(body));
    for name in ["Idempotency-Key", "If-Match"] {
        let header = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Header).schema(Some(text())).build();
        operation.parameters.get_or_insert_default().push(RefOr::T(header));
    }
    PathItem::new(HttpMethod::Post, operation)
}

fn get(operation: Operation) -> PathItem {
    PathItem::new(HttpMethod::Get, operation)
}

fn text() -> RefOr<Schema> {
    RefOr::T(Schema::Object(ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).build()))
}
