//! The picture that flags describe.

use yinxin::Time;
use yinxin::seal::picture::{
    Centre, Color, DEFAULT_DPI, EllipseSeal, Fonts, NameSeal, Office, RoundSeal, SealDesign,
};
use yinxin::seal::{DrawnForm, SealPicture};

use crate::args::{CentreName, Drawn, Family, FormName, OfficeName};
use crate::failure::{Failure, Result, shown_path};
use crate::fonts::{self, FoundFont};
use crate::session::Session;

/// Millimetres of a name seal's side.
const NAME_SEAL_MM: u8 = 20;

/// Draws what the flags say; `name` is the seal's, for where they give no text.
pub(super) fn draw(
    session: &Session,
    drawn: &Drawn,
    name: &str,
    created: Time,
) -> Result<SealPicture> {
    refuse_foreign_flags(session, drawn)?;
    let design = design(session, drawn, drawn.text.as_deref().unwrap_or(name))?;
    let text = match &drawn.font {
        Some(path) => Some(fonts::given(session.language, path)?),
        None => fonts::find(),
    };
    let text = text.ok_or_else(|| Failure::new(fonts::none_found(session.language)))?;
    let digits = drawn
        .digits_font
        .as_ref()
        .map(|path| fonts::given(session.language, path))
        .transpose()?;
    let form = match drawn.form.unwrap_or(FormName::Png) {
        FormName::Png => DrawnForm::Png {
            dpi: drawn.dpi.unwrap_or(DEFAULT_DPI),
        },
        FormName::Svg => DrawnForm::Svg,
        FormName::Ofd => DrawnForm::Ofd { created },
    };
    in_fonts(&design, &text, digits.as_ref(), form)
        .map_err(|error| Failure::library(session.language, &shown_path(&text.path), &error))
}

/// A round seal as a PNG.
pub(crate) fn drawn_round(round: RoundSeal, fonts: &Fonts<'_>) -> yinxin::Result<SealPicture> {
    let drawing = SealDesign::Round(round).draw(fonts)?;
    SealPicture::drawn(&drawing, DrawnForm::Png { dpi: DEFAULT_DPI })
}

fn in_fonts(
    design: &SealDesign,
    text: &FoundFont,
    digits: Option<&FoundFont>,
    form: DrawnForm,
) -> yinxin::Result<SealPicture> {
    let mut fonts = Fonts::new(text.seal_font()?);
    if let Some(digits) = digits {
        fonts = fonts.with_digits(digits.seal_font()?);
    }
    SealPicture::drawn(&design.draw(&fonts)?, form)
}

fn design(session: &Session, drawn: &Drawn, text: &str) -> Result<SealDesign> {
    Ok(match drawn.family.unwrap_or(Family::Round) {
        Family::Round => SealDesign::Round(round(session, drawn, text)?),
        Family::Special => {
            let line = drawn
                .line
                .as_deref()
                .ok_or_else(|| needs(session, "--family special", "--line"))?;
            SealDesign::Round(adapted(session, drawn, RoundSeal::special(text, line))?)
        }
        Family::Invoice => {
            let number = drawn
                .taxpayer
                .as_deref()
                .ok_or_else(|| needs(session, "--family invoice", "--taxpayer"))?;
            SealDesign::Ellipse(invoice(drawn, EllipseSeal::invoice(text, number)))
        }
        Family::Name => SealDesign::Name(name_seal(drawn, text)),
    })
}

fn round(session: &Session, drawn: &Drawn, text: &str) -> Result<RoundSeal> {
    let Some(office) = drawn.office.map(office) else {
        return adapted(session, drawn, RoundSeal::new(text));
    };
    let seal = adapted(session, drawn, RoundSeal::official(office, text))?;
    if !office.allows(seal.diameter_mm) {
        let rule = office.diameter_mm();
        return Err(Failure::new(session.pick(
            format!("该层级印章的直径应为 {rule} 毫米（其他单位不超过 45 毫米）"),
            format!("a seal of this office measures {rule} mm (other bodies: at most 45 mm)"),
        )));
    }
    Ok(seal)
}

/// What flags change of a round seal; the centre and the border follow the size.
fn adapted(session: &Session, drawn: &Drawn, mut seal: RoundSeal) -> Result<RoundSeal> {
    if let Some((width, height)) = drawn.size {
        if width != height {
            return Err(Failure::new(session.pick(
                "圆章的尺寸是一个数：--size 42",
                "the size of a round seal is one number: --size 42",
            )));
        }
        let diameter = f32::from(width);
        let scale = diameter / seal.diameter_mm;
        seal.border_mm *= scale;
        seal.centre = scaled(seal.centre, scale);
        seal.diameter_mm = diameter;
    }
    if let Some(centre) = drawn.centre {
        let diameter_mm = seal.diameter_mm / 3.0;
        seal.centre = match centre {
            CentreName::Star => Centre::Star { diameter_mm },
            CentreName::Emblem => Centre::Emblem { diameter_mm },
            CentreName::Blank => Centre::Blank,
        };
    }
    if drawn.line.is_some() {
        seal.second_line.clone_from(&drawn.line);
    }
    seal.code.clone_from(&drawn.code);
    seal.color = color(drawn);
    Ok(seal)
}

fn scaled(centre: Centre, scale: f32) -> Centre {
    match centre {
        Centre::Star { diameter_mm } => Centre::Star {
            diameter_mm: diameter_mm * scale,
        },
        Centre::Emblem { diameter_mm } => Centre::Emblem {
            diameter_mm: diameter_mm * scale,
        },
        other => other,
    }
}

fn invoice(drawn: &Drawn, mut seal: EllipseSeal) -> EllipseSeal {
    if let Some((width, height)) = drawn.size {
        seal.width_mm = f32::from(width);
        seal.height_mm = f32::from(height);
    }
    if drawn.line.is_some() {
        seal.second_line.clone_from(&drawn.line);
    }
    seal.serial.clone_from(&drawn.serial);
    seal.color = color(drawn);
    seal
}

fn name_seal(drawn: &Drawn, text: &str) -> NameSeal {
    let (width, height) = drawn.size.unwrap_or((NAME_SEAL_MM, NAME_SEAL_MM));
    let mut seal = if width == height {
        NameSeal::square(text, f32::from(width))
    } else {
        NameSeal::rectangle(text, f32::from(width), f32::from(height))
    };
    seal.color = color(drawn);
    seal
}

fn color(drawn: &Drawn) -> Color {
    drawn
        .color
        .map_or(Color::SEAL_RED, |(red, green, blue)| Color {
            red,
            green,
            blue,
        })
}

fn office(name: OfficeName) -> Office {
    match name {
        OfficeName::StateCouncil => Office::StateCouncil,
        OfficeName::Province => Office::Province,
        OfficeName::NationalBureau => Office::NationalBureau,
        OfficeName::County => Office::County,
        OfficeName::PrefecturalOffice => Office::PrefecturalOffice,
        OfficeName::Township => Office::Township,
        OfficeName::Institution => Office::Institution,
    }
}

/// A flag that the family does not show would be lost in silence.
fn refuse_foreign_flags(session: &Session, drawn: &Drawn) -> Result<()> {
    let family = drawn.family.unwrap_or(Family::Round);
    let round = matches!(family, Family::Round | Family::Special);
    let flags = [
        ("--office", drawn.office.is_some(), family == Family::Round),
        ("--line", drawn.line.is_some(), family != Family::Name),
        ("--code", drawn.code.is_some(), round),
        ("--centre", drawn.centre.is_some(), round),
        (
            "--taxpayer",
            drawn.taxpayer.is_some(),
            family == Family::Invoice,
        ),
        (
            "--serial",
            drawn.serial.is_some(),
            family == Family::Invoice,
        ),
        (
            "--digits-font",
            drawn.digits_font.is_some(),
            family != Family::Name,
        ),
        (
            "--dpi",
            drawn.dpi.is_some(),
            matches!(drawn.form, None | Some(FormName::Png)),
        ),
    ];
    match flags.iter().find(|(_, given, has)| *given && !has) {
        Some((flag, ..)) => Err(Failure::new(session.pick(
            format!("{flag} 不适用于这种印章或图片"),
            format!("{flag} does not go with this kind of seal or picture"),
        ))),
        None => Ok(()),
    }
}

fn needs(session: &Session, family: &str, flag: &str) -> Failure {
    Failure::new(session.pick(
        format!("{family} 还需要 {flag}"),
        format!("{family} needs {flag}"),
    ))
}
