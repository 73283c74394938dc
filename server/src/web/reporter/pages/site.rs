//! What every page shows of the organisation.

/// What every page shows of the organisation; made once from the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The organisation's name, as its people know it.
    pub organisation: String,
    /// Where the "leave" link goes: something harmless and well known.
    pub leave_url: String,
    /// The service's onion address, with its scheme.
    pub onion_url: Option<String>,
    /// Whether this is a demonstration, whose keys lie beside its data.
    pub demo: bool,
    /// The address under which reporters reach the service, with its scheme.
    pub public_url: String,
}
