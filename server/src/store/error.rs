//! What can go wrong in the store, without any value that was stored.

/// Why the store could not do what was asked. Carries no parameter of any statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Nothing there that the asker may see.
    #[error("not found")]
    NotFound,
    /// Somebody else changed it first; read it again.
    #[error("changed meanwhile")]
    Conflict,
    /// The disk is full. Nothing was stored.
    #[error("the database cannot grow: the disk is full")]
    Full,
    /// Another process holds the database. Nothing was stored.
    #[error("the database is locked by another process")]
    Locked,
    /// The database cannot be reached, read or written. Nothing was stored.
    #[error("the database is not available")]
    Unavailable,
    /// What was read back does not have the shape it was stored with.
    #[error("a stored row is damaged")]
    Damaged,
}

impl StoreError {
    /// Whether the fault lies with the database rather than with what was asked of it.
    pub fn is_fault(self) -> bool {
        !matches!(self, Self::NotFound | Self::Conflict)
    }
}

impl From<sqlx::Error> for StoreError {
    /// Logs the database's own code and message once (never a parameter: SQLite names columns only, and the detail
    /// field of PostgreSQL, which quotes values, is left out), then keeps the kind alone.
    fn from(error: sqlx::Error) -> Self {
        let kind = match &error {
            sqlx::Error::RowNotFound => return Self::NotFound,
            sqlx::Error::Database(inner) if inner.is_unique_violation() => return Self::Conflict,
            sqlx::Error::Database(inner) => match inner.code().as_deref() {
                Some("13" | "53100") => Self::Full,
                Some("5" | "6" | "261" | "517" | "55P03") => Self::Locked,
                _ => Self::Unavailable,
            },
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::ColumnNotFound(_) => Self::Damaged,
            _ => Self::Unavailable,
        };
        match &error {
            sqlx::Error::Database(inner) => {
                tracing::error!(
                    code = inner.code().as_deref().unwrap_or(""),
                    message = inner.message(),
                    "database error"
                );
            }
            sqlx::Error::Io(inner) => tracing::error!(kind = %inner.kind(), "database connection failed"),
            sqlx::Error::PoolTimedOut => tracing::error!("no database connection was free in time"),
            _ => tracing::error!(%kind, "database error"),
        }
        kind
    }
}

impl From<candor_crypto::ShapeError> for StoreError {
    fn from(_: candor_crypto::ShapeError) -> Self {
        Self::Damaged
    }
}
