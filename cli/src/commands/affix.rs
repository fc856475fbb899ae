//! `yinxin seal affix`.

use yinxin::sign::{
    Keyword, Occurrence, Pages, Placement, Point, Profile, Request, Riding, prepare_with_password,
};

use crate::args::SealAffix;
use crate::commands::phases::{self, Destination};
use crate::commands::{material, profile, seal, sign};
use crate::exit::Exit;
use crate::failure::Result;
use crate::session::Session;

/// Puts a seal on a document.
pub(crate) fn run(session: &Session, arguments: &SealAffix) -> Result<Exit> {
    let document = session.read(&arguments.file)?;
    let bytes = session.read(&arguments.seal)?;
    let seal = seal::read(session, &arguments.seal, &bytes)?;
    let (certificate, key) = material::signer(
        session,
        arguments.cert.as_deref(),
        arguments.key.as_deref(),
        arguments.password_file.as_deref(),
    )?;
    let request = Request::affix(seal, certificate, session.time(None)?);
    let request = placements(arguments).into_iter().fold(request, Request::at);
    let request = sign::after(request, &arguments.after).profile(Profile {
        without_time_stamp: arguments.start.is_without_time_stamp(),
        pdf: profile::pdf(&arguments.pdf),
        ..Profile::default()
    });
    let pending = material::opened(session, &arguments.file, &arguments.opened, |password| {
        prepare_with_password(&document, password, request.clone())
    })?;
    let to = Destination {
        document: &arguments.file,
        out: arguments.out.as_deref(),
        save: arguments.start.save.as_deref(),
        force: arguments.force,
    };
    phases::start(session, pending, key.as_ref(), &arguments.start, &to)
}

fn placements(arguments: &SealAffix) -> Vec<Placement> {
    let mut placements = Vec::new();
    if let Some(at) = arguments.at {
        let point = Point {
            x_mm: at.x,
            y_mm: at.y,
        };
        let pages = arguments.page.clone().unwrap_or_else(|| Pages::one(0));
        placements.push(Placement::At(point, pages));
    }
    if let Some(text) = &arguments.keyword {
        placements.push(keyword(text, arguments).into());
    }
    if let Some(edge) = arguments.riding {
        let mut riding = Riding::new(edge.into()).min_slice(arguments.riding_slice);
        if let Some(pages) = &arguments.riding_pages {
            riding = riding.over(pages.clone());
        }
        if let Some(mm) = arguments.riding_along {
            riding = riding.along(mm);
        }
        if arguments.riding_both_sides {
            riding = riding.both_sides();
        }
        placements.push(riding.into());
    }
    placements
}

fn keyword(text: &str, arguments: &SealAffix) -> Keyword {
    let occurrence = match (arguments.all, arguments.nth) {
        (true, _) => Occurrence::All,
        (false, Some(nth)) => nth.0,
        (false, None) => Occurrence::Only,
    };
    let mut keyword = Keyword::new(text).occurrence(occurrence);
    if let Some(pages) = &arguments.page {
        keyword = keyword.on(pages.clone());
    }
    if let Some(offset) = arguments.offset {
        keyword = keyword.offset(offset.x, offset.y);
    }
    keyword
}
