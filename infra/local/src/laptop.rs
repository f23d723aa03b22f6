//! The whole service in one process.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

use redress_office::Office;
use redress_platform::{ClientSecrets, Clock, Deployment, Keys, Library, Settings, Source, random};

use crate::bus::Bus;
use crate::dynamo::{DynamoError, Embedded, Place};
use crate::files::Store as Files;
use crate::functions::Functions;
use crate::issuer::{Issuer, IssuerError};
use crate::ses::Mailbox;
use crate::streams::Streams;
use crate::template::{Template, TemplateError};
use crate::{dev, gateway, wires};

/// Where in a folder of data the objects of all buckets are.
pub(crate) const FILES: &str = "files";

/// Streams are looked at this often when nothing is in them.
const PUMP_EVERY: Duration = Duration::from_millis(50);

/// How to start.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port on loopback; 0 picks one.
    pub port: u16,
    /// Where the data is.
    pub place: Place,
    /// What time it is.
    pub clock: Clock,
    /// Where the policies are.
    pub policies: Source,
}

/// A laptop that did not start.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    /// A file or a port.
    #[error("{0}: {1}")]
    Io(String, std::io::Error),
    /// The database.
    #[error(transparent)]
    Database(#[from] DynamoError),
    /// The template.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The local issuer.
    #[error(transparent)]
    Issuer(#[from] IssuerError),
    /// The policies.
    #[error("{0}")]
    Policies(String),
    /// Anything a function needs and has not.
    #[error("{0}")]
    Function(String),
}

/// Everything that runs.
pub struct Laptop {
    /// What time it is here.
    pub clock: Clock,
    /// What SES accepted.
    pub mailbox: Arc<Mailbox>,
    /// What was put on the bus.
    pub bus: Arc<Bus>,
    /// Who signs tokens.
    pub issuer: Arc<Issuer>,
    /// An office of the laptop's own, for the demo and for tools.
    pub office: Office,
    pub(crate) functions: Arc<Functions>,
    pub(crate) streams: Streams,
    /// One sweep or one move of the clock at a time.
    pub(crate) moving: Mutex<()>,
    address: String,
    database: Arc<Embedded>,
    pub(crate) files: Arc<Files>,
    /// Where files are when nothing is kept; gone with this.
    _temporary: Option<tempfile::TempDir>,
    tasks: std::sync::Mutex<Vec<JoinHandle<()>>>,
}

impl Laptop {
    /// Starts everything; ready when it returns.
    ///
    /// # Errors
    /// When something it needs is not there.
    pub async fn start(options: Options) -> Result<Arc<Laptop>, LocalError> {
        Laptop::start_from(options, &crate::template::embedded()?).await
    }

    /// Starts everything as another template says, such as one that allows less.
    ///
    /// # Errors
    /// When something it needs is not there.
    pub async fn start_from(options: Options, template: &Template) -> Result<Arc<Laptop>, LocalError> {
        let library = Library::load(&options.policies).map_err(|error| LocalError::Policies(error.to_string()))?;
        let listener = listen(options.port).await?;
        let address = address(&listener)?;
        let folder = match &options.place {
            Place::Folder(folder) => {
                std::fs::create_dir_all(folder).map_err(|error| LocalError::Io(folder.display().to_string(), error))?;
                Some(folder.clone())
            }
            Place::Memory => None,
        };
        let file = |name: &str| folder.as_ref().map(|folder| folder.join(name));
        let database = Arc::new(Embedded::open(&options.place, template)?);
        let mailbox = Mailbox::open(file("mailbox.jsonl"), options.clock.clone());
        let mailbox = Arc::new(mailbox.map_err(|error| LocalError::Io("mailbox.jsonl".to_owned(), error))?);
        let bus = Arc::new(Bus::new(options.clock.clone()));
        let councils: Vec<String> = library.councils().map(str::to_owned).collect();
        for alarm in library.alarms(redress_domain::calendar::local_date(options.clock.now())) {
            tracing::warn!("{alarm}");
        }
        let last_stage_of = library.councils().filter_map(|id| {
            let organisation = library.present(id)?.policy.stages.last()?.organisation.clone()?;
            Some((id.to_owned(), organisation))
        });
        let issuer = Issuer::new(&address, councils.clone(), file("issuer.pem"), options.clock.clone())?;
        let issuer =
            Arc::new(issuer.with_organisations(last_stage_of.collect()).with_staff(crate::demo::staff(&library)));
        let arrangements = deployment(&library, &issuer);
        let settings = settings(folder.as_deref(), address.clone(), template.bus.clone(), library)?;
        let settings = Settings { deployment: arrangements, ..settings };
        let internal = listen(0).await?;
        let bucket = listen(0).await?;
        let temporary = folder.is_none().then(tempfile::tempdir).transpose();
        let temporary = temporary.map_err(|error| LocalError::Io("a folder for files".to_owned(), error))?;
        let objects = file(FILES).or_else(|| temporary.as_ref().map(|folder| folder.path().to_owned()));
        let at = self::address(&bucket)?;
        let files = Files::open(&objects.unwrap_or_default(), template, database.gate(), &options.clock, &at);
        let files = files.map_err(LocalError::Function)?;
        let wire = wires::Wires {
            database: database.endpoint().to_owned(),
            services: self::address(&internal)?,
            files: (at, files.buckets().0.to_owned(), files.buckets().1.to_owned()),
            configuration_set: template.configuration_set.clone(),
        };
        let functions = Functions::open(&settings, &options.clock, &wire).map_err(LocalError::Function)?;
        let functions = Arc::new(functions);
        let laptop = Arc::new(Laptop {
            clock: options.clock,
            office: functions.office.clone(),
            streams: Streams::new(Arc::clone(&database), template, file("streams.json"))?,
            moving: Mutex::new(()),
            mailbox,
            bus,
            issuer,
            functions,
            address,
            database,
            files,
            _temporary: temporary,
            tasks: std::sync::Mutex::new(Vec::new()),
        });
        laptop.serve(listener, internal, bucket, template);
        laptop.take_up().await;
        Ok(laptop)
    }

    /// Where it is: `http://127.0.0.1:8080`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The database itself, for tests that look at what is stored, or store what never came through a door.
    pub fn database(&self) -> &Embedded {
        &self.database
    }

    /// The keys of the files that are stored, for tests that look at what is left.
    pub fn objects(&self) -> Vec<String> {
        self.files.keys()
    }

    /// Where S3 answers here, and what the bucket of heads is called, for tools that compare histories with it.
    pub fn heads(&self) -> (&str, &str) {
        (self.files.address(), self.files.buckets().1)
    }

    fn serve(
        self: &Arc<Laptop>,
        listener: TcpListener,
        internal: TcpListener,
        bucket: TcpListener,
        template: &Template,
    ) {
        let services = wires::router(Arc::clone(&self.mailbox), Arc::clone(&self.bus), self.database.gate().clone());
        let files = crate::files::router(Arc::clone(&self.files));
        let front = gateway::router(&self.functions, template).merge(dev::router(Arc::clone(self)));
        let schedule = template.functions.iter().find_map(|function| function.schedule_s).unwrap_or(300);
        let mut tasks = vec![
            tokio::spawn(async move { said(axum::serve(internal, services).await) }),
            tokio::spawn(async move { said(axum::serve(bucket, files).await) }),
            tokio::spawn(async move { said(axum::serve(listener, front).await) }),
        ];
        let pump = Arc::downgrade(self);
        tasks.push(tokio::spawn(async move {
            while let Some(laptop) = pump.upgrade() {
                if laptop.step().await == 0 {
                    drop(laptop);
                    tokio::time::sleep(PUMP_EVERY).await;
                }
            }
        }));
        let swept = Arc::downgrade(self);
        tasks.push(tokio::spawn(async move {
            while let Some(laptop) = swept.upgrade() {
                laptop.sweep().await;
                drop(laptop);
                tokio::time::sleep(Duration::from_secs(schedule)).await;
            }
        }));
        if let Ok(mut all) = self.tasks.lock() {
            all.extend(tasks);
        }
    }
}

impl Drop for Laptop {
    fn drop(&mut self) {
        if let Ok(tasks) = self.tasks.lock() {
            tasks.iter().for_each(JoinHandle::abort);
        }
    }
}

/// A new folder has no data yet: then the demo fills it.
pub fn is_new(folder: &Path) -> bool {
    !folder.join("redress.sqlite").exists()
}

/// The given time of a clock, if one was given.
pub fn clock(given: Option<DateTime<Utc>>) -> Clock {
    given.map_or_else(Clock::real, Clock::given)
}

async fn listen(port: u16) -> Result<TcpListener, LocalError> {
    let at = ("127.0.0.1", port);
    TcpListener::bind(at).await.map_err(|error| LocalError::Io(format!("port {port} on 127.0.0.1"), error))
}

fn address(listener: &TcpListener) -> Result<String, LocalError> {
    let at = listener.local_addr().map_err(|error| LocalError::Io("the port".to_owned(), error))?;
    Ok(format!("http://{at}"))
}

/// The deployment's secret, made once and kept, so that keys in letters outlive a restart.
fn keys(file: Option<PathBuf>) -> Result<Keys, LocalError> {
    let fresh = || random::<32>().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let wrong = |error| LocalError::Io("secret".to_owned(), error);
    let secret = match file {
        None => fresh(),
        Some(file) if file.exists() => std::fs::read_to_string(&file).map_err(wrong)?,
        Some(file) => {
            let made = fresh();
            crate::issuer::write_private(&file, &made).map_err(wrong)?;
            made
        }
    };
    Keys::new(secret.trim().as_bytes()).map_err(|error| LocalError::Function(error.to_string()))
}

/// What the environment would say, of the tables in a folder or in memory.
pub(crate) fn settings(
    folder: Option<&Path>,
    base_url: String,
    bus: String,
    library: Library,
) -> Result<Settings, LocalError> {
    Ok(Settings {
        cases: "cases".to_owned(),
        ledger: "ledger".to_owned(),
        bus,
        base_url,
        keys: keys(folder.map(|folder| folder.join("secret")))?,
        deployment: Deployment::default(),
        client_secrets: ClientSecrets::default(),
        library,
    })
}

/// Every council with an issuer here and mailboxes under a name that exists nowhere.
fn deployment(library: &Library, issuer: &Issuer) -> Deployment {
    let council = library.councils().map(|id| {
        let at = |name: &str| format!("{name}@{id}.example");
        let teams = library
            .present(id)
            .map(|rules| rules.policy.teams.iter().map(|team| (team.id.clone(), at(&team.id))).collect());
        let arrangements = redress_platform::CouncilDeployment {
            issuer: issuer.address(id),
            audience: crate::issuer::AUDIENCE.to_owned(),
            roles_from: None,
            from: at("complaints"),
            reply_to: at("complaints"),
            complaints_manager: at("complaints-manager"),
            chief_executive: Some(at("chief-executive")),
            teams: teams.unwrap_or_default(),
            digest: true,
        };
        (id.to_owned(), arrangements)
    });
    Deployment { council: council.collect() }
}

fn said(ended: std::io::Result<()>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a server ended");
    }
}
