//! Sharing out a budget that is nearly used.

/// What is left of a budget.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    /// How much.
    pub(super) left: u64,
    /// Below this it is shared out by sender; above, whoever comes may take.
    pub(super) scarce_below: u64,
}

impl Share {
    /// Whether a sender may take `amount`, having `taken` as much before within the hour; `None` for one who has taken
    /// nothing yet.
    ///
    /// While it is scarce, a sender may have a quarter of what is left; the last quarter is for those who have taken
    /// nothing yet. Nobody is refused for what they took alone: only when it is scarce as well.
    pub(super) fn allows(self, amount: u64, taken: Option<u64>) -> bool {
        if amount > self.left {
            return false;
        }
        let Some(taken) = taken.filter(|_| self.left < self.scarce_below) else { return true };
        let open = self.left.saturating_sub(self.scarce_below / 4);
        taken.saturating_add(amount) <= open / 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn while_there_is_plenty_one_sender_may_take_it_all() {
        let share = Share { left: 1_000, scarce_below: 200 };
        assert!(share.allows(1, Some(1_000_000)));
        assert!(!share.allows(1_001, None));
    }

    #[test]
    fn what_is_scarce_is_shared_out_and_the_last_of_it_is_for_newcomers() {
        let scarce = |left| Share { left, scarce_below: 200 };
        assert!(!scarce(199).allows(1, Some(500)), "who has taken the rest waits");
        assert!(scarce(199).allows(1, Some(10)), "who has taken little does not");
        assert!(!scarce(199).allows(1, Some(37)), "a quarter of what is left, less the last quarter");
        assert!(!scarce(50).allows(1, Some(1)));
        assert!(scarce(50).allows(1, None), "one who has taken nothing");
        assert!(!scarce(0).allows(1, None));
    }
}
