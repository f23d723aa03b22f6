//! What a case is found by, kept up to date behind it: by the stream at once, by the sweep where the stream failed.

use redress_domain::decide::Dossier;
use redress_domain::search::{texts, tokens};
use redress_store::{CaseKey, StoreError};

use crate::{Office, OfficeError};

/// Somebody else indexed it meanwhile: look again at most this often, and leave the rest to the sweep.
const ATTEMPTS_MAX: u32 = 3;

impl Office {
    /// Makes anew what a case is found by, from the case as it stands now: whichever of its events is heard of
    /// last, or twice, comes to the same. Says whether anything had to change.
    ///
    /// # Errors
    /// When the tables cannot be read or written.
    pub async fn index(&self, key: &CaseKey) -> Result<bool, OfficeError> {
        for _ in 0..ATTEMPTS_MAX {
            let Some((case, _)) = self.store.case(key).await? else { return Ok(false) };
            let wanted = texts(&case).collect();
            let dossier = self.store.dossier_with(key, case, wanted).await?;
            match self.store.index(key, &dossier.case, &tokens(&dossier)).await {
                // Another version was indexed in between, or the case is being destroyed.
                Err(StoreError::MovedOn) => {}
                done => return Ok(done?),
            }
        }
        Ok(false)
    }

    /// Repairs what a settled case is found by. Its dates are settled whatever comes of it.
    pub(crate) async fn repair_index(&self, key: &CaseKey, dossier: &Dossier) {
        let repaired = match self.store.is_indexed(key, &dossier.case, &tokens(dossier)).await {
            Ok(true) => return,
            Ok(false) => self.index(key).await,
            Err(error) => Err(error.into()),
        };
        match repaired {
            Ok(_) => tracing::info!(case = %key, "found by its words again"),
            Err(error) => tracing::error!(case = %key, %error, "what a case is found by could not be repaired"),
        }
    }
}
