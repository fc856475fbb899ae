//! Flags that choose the policy of a verdict.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use yinxin::verify::{LaterChange, MakerRule, Policy, SealAsOf};

#[derive(Args, Debug)]
pub(crate) struct PolicyFlags {
    /// basic: intact, sealed, trusted; window: and not revoked, entitled, in force; archive: and time proven | basic 完好、盖章、可信；window 另加未吊销、有权、有效；archive 再加时间证明
    #[arg(long, value_enum, default_value_t = PolicyName::Window, value_name = "POLICY")]
    pub(crate) policy: PolicyName,
    /// Policy in JSON instead, with every choice in it; its name and version stand in the report | 改用 JSON 策略文件，各项选择均在其中，报告载明其名称和版本
    #[arg(long, value_name = "FILE", conflicts_with_all = ["policy", "strict", "admit", "maker_rule", "seal_as_of"])]
    pub(crate) policy_file: Option<PathBuf>,
    /// Refuse every departure from the encodings | 严格模式：编码稍有不合标准即不通过
    #[arg(long)]
    pub(crate) strict: bool,
    /// Admit later changes to a signed PDF as well; repeatable. comments: where the signature permits them; any-comments, any-form-fills: unless it forbids them. Comments may cover text | 另允许 PDF 签名后的更改，可多次给出。comments 为签名许可的批注；any-comments、any-form-fills 为签名未禁止的批注、表单填写。批注可能遮挡正文
    #[arg(long, value_enum, value_name = "CHANGE")]
    pub(crate) admit: Vec<Admitted>,
    /// When a maker's certificate ended or was revoked after the seal was made. proven: a revoked one needs a time stamp; at-creation: good when made is enough; unconditional: fails; of-edition: each seal by its edition of the standard | 制章后制章者证书到期或被吊销时的规则。proven 被吊销的须有时间戳证明；at-creation 制章时有效即可；unconditional 一律不通过；of-edition 按印章所依标准版本
    #[arg(long, value_enum, default_value_t = MakerRuleName::Proven, value_name = "RULE")]
    pub(crate) maker_rule: MakerRuleName,
    /// Judge the seal as of signing, or as of now: then a seal past its validity fails | 按签章时或核验时判断印章有效期；取核验时则印章过期即不通过
    #[arg(long, value_enum, default_value_t = SealAsOfName::Signing, value_name = "TIME")]
    pub(crate) seal_as_of: SealAsOfName,
}

impl PolicyFlags {
    /// The policy that the flags make, where no file holds it.
    pub(crate) fn made(&self) -> Policy {
        let named = match self.policy {
            PolicyName::Basic => Policy::basic(),
            PolicyName::Window => Policy::window(),
            PolicyName::Archive => Policy::archive(),
        };
        let read = if self.strict { named.strict() } else { named };
        let more = self.admit.iter().map(|change| change.change());
        let admitted: Vec<_> = read.later_changes().iter().copied().chain(more).collect();
        read.with_later_changes(&admitted)
            .with_maker_rule(self.maker_rule.rule())
            .with_seal_as_of(self.seal_as_of.as_of())
    }
}

/// Values of `--policy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PolicyName {
    Basic,
    Window,
    Archive,
}

/// Values of `--admit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Admitted {
    Comments,
    AnyComments,
    AnyFormFills,
}

impl Admitted {
    /// What the policy calls it.
    fn change(self) -> LaterChange {
        match self {
            Admitted::Comments => LaterChange::PermittedAnnotation,
            Admitted::AnyComments => LaterChange::Annotation,
            Admitted::AnyFormFills => LaterChange::FormFill,
        }
    }
}

/// Values of `--maker-rule`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MakerRuleName {
    Proven,
    AtCreation,
    Unconditional,
    OfEdition,
}

impl MakerRuleName {
    fn rule(self) -> MakerRule {
        match self {
            MakerRuleName::Proven => MakerRule::Proven,
            MakerRuleName::AtCreation => MakerRule::AtCreation,
            MakerRuleName::Unconditional => MakerRule::Unconditional,
            MakerRuleName::OfEdition => MakerRule::OfEdition,
        }
    }
}

/// Values of `--seal-as-of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SealAsOfName {
    Signing,
    Evaluation,
}

impl SealAsOfName {
    fn as_of(self) -> SealAsOf {
        match self {
            SealAsOfName::Signing => SealAsOf::Signing,
            SealAsOfName::Evaluation => SealAsOf::Evaluation,
        }
    }
}
