//! Candor: anonymous whistleblower reporting.
//!
//! Dependencies point one way: `candor_crypto` ← [`domain`] ← [`store`], [`mail`] ← [`jobs`], [`web`] ← [`startup`]
//! ← `main`. See docs/architecture.md.

pub mod blobs;
pub mod cli;
pub mod clock;
pub mod config;
pub mod confinement;
pub mod domain;
pub mod jobs;
pub mod mail;
pub mod randomness;
pub mod startup;
pub mod store;
pub mod telemetry;
pub mod web;
