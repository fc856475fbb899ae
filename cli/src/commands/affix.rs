//! `yinxin seal affix`.

use yinxin::sign::{Keyword, Occurrence, Pages, Placement, Point, Request, Riding};

use crate::args::SealAffix;
use crate::commands::{material, seal, sign};
use crate::exit::Exit;
use crate::failure::Result;
use crate::session::Session;

/// Puts a seal on a document.
pub(crate) fn run(session: &Session, arguments: &SealAffix) -> Result<Exit> {
    let document = session.read(&arguments.file)?;
    let bytes = session.read(&arguments.seal)?;
    let seal = seal::read(session, &arguments.seal, &bytes)?;
    let signer = material::signatory(session, &arguments.signer)?;
    let request = Request::affix(seal, signer.certificate, session.time(None)?);
    let request = placements(arguments).into_iter().fold(request, Request::at);
    let request = sign::after(request, &arguments.after);
    let sealed = sign::signed(session, &arguments.file, &document, request, &signer.key)?;
    session.write(&arguments.out, &sealed, arguments.force)?;
    sign::told(session, &arguments.out, "已盖章", "sealed");
    Ok(Exit::Passed)
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
