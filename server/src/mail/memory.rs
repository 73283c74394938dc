//! Delivery into memory, for tests.

use super::{Notice, SendError};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Keeps what it is given, and fails when told to.
#[derive(Clone, Default)]
pub struct MemoryMailer {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    sent: Vec<Notice>,
    failures: VecDeque<SendError>,
}

impl MemoryMailer {
    /// Lets the next delivery fail with `error`; several calls queue up.
    pub fn fail_next(&self, error: SendError) {
        self.state().failures.push_back(error);
    }

    pub(super) fn send(&self, notice: &Notice) -> Result<(), SendError> {
        let mut state = self.state();
        if let Some(error) = state.failures.pop_front() {
            return Err(error);
        }
        state.sent.push(notice.clone());
        Ok(())
    }

    pub(super) fn sent(&self) -> Vec<Notice> {
        self.state().sent.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
