//! Why object storage did not do what was asked.

/// What went wrong. Names of blobs and folders stay inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BlobError {
    /// There is no blob of this name.
    #[error("no such file")]
    Missing,
    /// It belongs to another database.
    #[error("these files belong to another database")]
    Foreign,
    /// It cannot be written or read: a full disk, missing rights, a network.
    #[error("object storage cannot be used")]
    Unavailable,
}

impl From<object_store::Error> for BlobError {
    fn from(error: object_store::Error) -> Self {
        if matches!(error, object_store::Error::NotFound { .. }) {
            return Self::Missing;
        }
        // The text of the error names files; what kind it is says enough to the operator.
        tracing::error!(kind = kind(&error), "object storage failed");
        Self::Unavailable
    }
}

fn kind(error: &object_store::Error) -> &'static str {
    match error {
        object_store::Error::PermissionDenied { .. } => "permission denied",
        object_store::Error::Unauthenticated { .. } => "not authenticated",
        object_store::Error::AlreadyExists { .. } => "already exists",
        _ => "input or output",
    }
}
