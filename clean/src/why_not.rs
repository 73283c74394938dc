//! Why a file cannot be cleaned.

/// Why a file cannot be cleaned. It is then as it was; what was found in it is told all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum WhyNot {
    /// Not a format that is understood here.
    #[error("the format is not known")]
    UnknownFormat,
    /// Locked by a password, so that what is in it cannot be seen.
    #[error("the file is encrypted")]
    Encrypted,
    /// Its structure is broken or is not understood exactly.
    #[error("the file is damaged")]
    Damaged,
    /// Larger than [`LARGEST`](crate::LARGEST), or unpacks to more than is allowed.
    #[error("the file is too large")]
    TooLarge,
    /// An archive with more entries than any document has.
    #[error("the file has too many parts")]
    TooManyParts,
    /// A document of Office 97 to 2003 (.doc, .xls, .ppt).
    #[error("the file has the format of an old office program")]
    OldOffice,
}

impl WhyNot {
    /// The stable code, such as `too_large`.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnknownFormat => "unknown_format",
            Self::Encrypted => "encrypted",
            Self::Damaged => "damaged",
            Self::TooLarge => "too_large",
            Self::TooManyParts => "too_many_parts",
            Self::OldOffice => "old_office",
        }
    }
}
