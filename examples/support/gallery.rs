// The seals of docs/gallery.md, by the names of their pictures. Included by the program that draws
// them and by the test that holds the page against them.

use yinxin::seal::picture::{
    Centre, EllipseSeal, NameSeal, Office, RoundSeal, SealDesign, SealDesign::*,
};

/// Every family, in the order of the page.
pub(crate) fn designs() -> Vec<(&'static str, SealDesign)> {
    vec![
        ("department", Round(RoundSeal::new("某某市市场监督管理局"))),
        (
            "government",
            Round(RoundSeal::official(Office::County, "某某市人民政府")),
        ),
        ("license", Round(license())),
        ("company", Round(company())),
        ("contract", Round(contract())),
        ("finance", Round(finance())),
        ("long-name", Round(long_name())),
        ("invoice", Ellipse(invoice())),
        ("name-four", Name(NameSeal::square("张三之印", 20.0))),
        ("name-three", Name(NameSeal::square("张三印", 18.0))),
        ("name-two", Name(NameSeal::square("张三", 18.0))),
        ("name-row", Name(NameSeal::rectangle("张三印", 24.0, 10.0))),
        (
            "name-column",
            Name(NameSeal::rectangle("张三印", 10.0, 24.0)),
        ),
    ]
}

/// With a line for its purpose below the star.
fn license() -> RoundSeal {
    let mut seal = RoundSeal::new("某某市市场监督管理局");
    seal.second_line = Some("电子证照专用章".to_owned());
    seal
}

/// With the seal's code along the lower edge.
fn company() -> RoundSeal {
    let mut seal = RoundSeal::new("某某市示范企业有限公司");
    seal.code = Some("3701020000001".to_owned());
    seal
}

fn contract() -> RoundSeal {
    let mut seal = RoundSeal::special("某某市示范企业（北京）有限公司", "合同专用章");
    seal.code = Some("3701020000002".to_owned());
    seal
}

/// A special seal with a star, as many companies have it.
fn finance() -> RoundSeal {
    let mut seal = RoundSeal::special("某某市示范企业有限公司", "财务专用章");
    seal.centre = Centre::Star { diameter_mm: 12.0 };
    seal
}

fn long_name() -> RoundSeal {
    let mut seal = RoundSeal::new("某某省某某市某某县某某镇人民政府政务服务中心");
    seal.second_line = Some("业务专用章".to_owned());
    seal
}

fn invoice() -> EllipseSeal {
    let mut seal = EllipseSeal::invoice("某某市示范企业有限公司", "91350100M000100Y43");
    seal.serial = Some("(1)".to_owned());
    seal
}
