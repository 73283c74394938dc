//! Group commit. Writers hand their work to one task; whatever has gathered while the last commit was being synced to
//! disk shares the next one, so that many reporters cost one sync. Each keeps its own savepoint: one that fails takes
//! nobody with it, and nobody is answered before the commit that holds their work is on disk.

use super::StoreError;
use super::cases::{NewCase, Received, insert_alone, insert_cases};
use futures_util::future::BoxFuture;
use sqlx::AnyConnection;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyPool, Executor};
use tokio::sync::{mpsc, oneshot};

/// The most that shares one commit: beyond this the gain is gone and the first one in would only wait longer.
const LARGEST_GROUP: usize = 64;

/// What the task is given to do.
enum Job {
    /// A report: all that wait are inserted together.
    Receive(Box<NewCase>, oneshot::Sender<Result<Received, StoreError>>),
    /// Anything else, behind a savepoint of its own.
    Other(Work),
}

type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
type Work = Box<dyn for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, (bool, Answer)> + Send>;

/// Hands work to the writing task. Cheap to clone.
#[derive(Clone)]
pub(super) struct WriteQueue {
    sender: mpsc::Sender<Job>,
}

impl WriteQueue {
    /// Starts the task that owns all writing to `pool`. It ends when the last handle is dropped.
    pub(super) fn start(pool: AnyPool, begin: &'static str) -> Self {
        let (sender, receiver) = mpsc::channel(4 * LARGEST_GROUP);
        tokio::spawn(write_groups(pool, begin, receiver));
        Self { sender }
    }

    /// Stores a report and answers once it is durable.
    ///
    /// # Errors
    /// Why the commit failed; then nothing of it remains.
    pub(super) async fn receive(&self, case: NewCase) -> Result<Received, StoreError> {
        let (tell, told) = oneshot::channel();
        self.sender.send(Job::Receive(Box::new(case), tell)).await.map_err(|_| StoreError::Unavailable)?;
        told.await.map_err(|_| StoreError::Unavailable)?
    }

    /// Runs `work` inside a transaction and answers once it is durable. If `work` fails, nothing of it remains.
    ///
    /// # Errors
    /// What `work` answered, or why the commit failed.
    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let work: Work = Box::new(move |connection| {
            Box::pin(async move {
                let result = work(connection).await;
                let keep = result.is_ok();
                let answer: Answer = Box::new(move |committed: Result<(), StoreError>| {
                    // The asker may have gone away; the work stands all the same.
                    let _ = tell.send(committed.and(result));
                });
                (keep, answer)
            })
        });
        self.sender.send(Job::Other(work)).await.map_err(|_| StoreError::Unavailable)?;
        told.await.map_err(|_| StoreError::Unavailable)?
    }
}

async fn write_groups(pool: AnyPool, begin: &'static str, mut receiver: mpsc::Receiver<Job>) {
    let mut connection: Option<PoolConnection<Any>> = None;
    let mut group = Vec::with_capacity(LARGEST_GROUP);
    while receiver.recv_many(&mut group, LARGEST_GROUP).await > 0 {
        let mut answers = Vec::with_capacity(group.len());
        let committed = match acquire(&pool, &mut connection).await {
            Ok(open) => write_group(open, begin, group.drain(..), &mut answers).await,
            Err(error) => Err(error),
        };
        if committed.is_err() {
            // Whatever state the connection is in, the next group starts with a fresh one.
            if let Some(broken) = connection.take() {
                let _ = broken.close().await;
            }
        }
        // Work that was never begun answers by dropping its channel, which reads as "not available".
        group.clear();
        for answer in answers {
            answer(committed);
        }
    }
}

async fn acquire<'a>(
    pool: &AnyPool,
    slot: &'a mut Option<PoolConnection<Any>>,
) -> Result<&'a mut AnyConnection, StoreError> {
    if slot.is_none() {
        *slot = Some(pool.acquire().await?);
    }
    slot.as_deref_mut().ok_or(StoreError::Unavailable)
}

async fn write_group(
    connection: &mut AnyConnection,
    begin: &'static str,
    group: impl Iterator<Item = Job>,
    answers: &mut Vec<Answer>,
) -> Result<(), StoreError> {
    let (mut cases, mut tellers, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for job in group {
        match job {
            Job::Receive(case, tell) => {
                cases.push(*case);
                tellers.push(tell);
            }
            Job::Other(work) => others.push(work),
        }
    }
    if let ([case], true) = (cases.as_slice(), others.is_empty()) {
        // The usual thing on a quiet service. Where it fails, most likely because the form was sent before, the usual
        // way below finds out why.
        if insert_alone(connection, begin, case).await.is_ok() {
            answers.extend(tellers.into_iter().map(|tell| -> Answer {
                Box::new(move |committed| {
                    let _ = tell.send(committed.map(|()| Received::New));
                })
            }));
            return Ok(());
        }
        let _ = connection.execute("ROLLBACK").await;
    }
    connection.execute(begin).await?;
    if !cases.is_empty() {
        // No savepoint: only a fault of the database can make this fail, and then the whole group fails with it.
        let received = insert_cases(connection, &cases).await;
        for (at, tell) in tellers.into_iter().enumerate() {
            let result = match &received {
                Ok(received) => received.get(at).copied().ok_or(StoreError::Damaged),
                Err(error) => Err(*error),
            };
            answers.push(Box::new(move |committed| {
                let _ = tell.send(committed.and(result));
            }));
        }
        received?;
    }
    for work in others {
        connection.execute("SAVEPOINT one").await?;
        let (keep, answer) = work(connection).await;
        answers.push(answer);
        if !keep {
            connection.execute("ROLLBACK TO SAVEPOINT one").await?;
        }
        connection.execute("RELEASE SAVEPOINT one").await?;
    }
    connection.execute("COMMIT").await?;
    Ok(())
}
