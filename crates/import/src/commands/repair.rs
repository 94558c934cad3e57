//! `run --repair`: moves again what a verification found missing.

use std::sync::Arc;

use super::findings::{self, What};
use crate::input::Reader;
use crate::journal::Member;
use crate::plan::{Book, find_members, load_members};
use crate::server::{Deletion, Server, delete_each};
use crate::stop::Stop;

/// How many records are taken up at a time.
const GROUP: usize = 1000;

/// Plans what is missing once more. An access token without its refresh token is deleted first, if it is certain that this
/// import has created it: a pair can only be created as a whole.
pub(super) async fn repair(book: &Book, server: &Arc<Server>) -> Result<(), Stop> {
    let mut reader = Reader::open(&book.input, false)?;
    let (mut missing, mut halves) = (Vec::new(), Vec::new());
    let (mut planned, mut left) = (0, 0);
    for finding in findings::read(&book.journal)? {
        let finding = finding?;
        match finding.what {
            What::Missing => missing.push(finding.place()),
            What::WithoutRefreshToken if book.journal.is_own(finding.place().0)? => {
                halves.push(finding.place());
            }
            What::WithoutRefreshToken | What::Differs | What::Unclear => left += 1,
        }
        if missing.len() == GROUP {
            planned += book.journal.repair(&find_members(&std::mem::take(&mut missing), &mut reader)?)?;
        }
        if halves.len() == GROUP {
            planned += renew(book, server, &mut reader, &std::mem::take(&mut halves)).await?;
        }
    }
    planned += book.journal.repair(&find_members(&missing, &mut reader)?)?;
    planned += renew(book, server, &mut reader, &halves).await?;
    findings::forget(&book.journal)?;
    book.progress.note(&format!("{planned} records are moved again"));
    if left > 0 {
        book.progress.note(&format!(
            "{left} are left alone: their tokens differ or are not told of, and may be another's"
        ));
    }
    Ok(())
}

async fn renew(
    book: &Book,
    server: &Arc<Server>,
    reader: &mut Reader,
    places: &[(u64, u64)],
) -> Result<u64, Stop> {
    let batch = load_members(&find_members(places, reader)?, reader)?;
    let tokens = batch.members.iter().zip(batch.tokens());
    let tokens = tokens.filter_map(|(member, token)| Some((*member, token.access_token.clone()?)));
    let (done, stop) = delete_each(server, tokens).await;
    let mut gone: Vec<Member> = Vec::with_capacity(done.len());
    for (member, deletion) in done {
        match deletion {
            Deletion::Deleted | Deletion::Absent => gone.push(member),
            Deletion::Refused(reason) => {
                let number = member.number;
                book.progress.note(&format!("record {number}: its token cannot be deleted: {reason}"));
            }
        }
    }
    gone.sort_unstable_by_key(|member| member.number);
    // What is gone is planned again whatever comes.
    let planned = book.journal.repair(&gone)?;
    stop.map_or(Ok(planned), Err)
}
