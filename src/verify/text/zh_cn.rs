//! 简体中文文案：给窗口工作人员和审计人员看的话。

use super::super::{CheckCode, Outcome, Reason};
use crate::finding::FindingCode;

pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "核验通过",
        Outcome::Indeterminate => "无法判定",
        Outcome::Failed => "核验不通过",
    }
}

pub(super) fn check(code: CheckCode) -> &'static str {
    match code {
        CheckCode::ContainerFormat => "文件格式",
        CheckCode::ContainerAmbiguous => "文件只有一种读法",
        CheckCode::DocumentSigned => "文件已签章",
        CheckCode::SignatureReferences => "受保护内容未改动",
        CheckCode::PdfByteRange => "PDF签名范围",
        CheckCode::PdfRevision => "PDF签名版本完整",
        CheckCode::SignatureDigest => "原文杂凑值",
        CheckCode::SignatureValue => "签名值",
        CheckCode::SignatureBase => "所依据的前一签章",
        CheckCode::DocumentChangedAfterSigning => "签章后文件未变",
        CheckCode::PdfModification => "PDF后续修改",
        CheckCode::PdfPermission => "PDF修改权限",
        CheckCode::CoverageDocument => "显示内容均受签章保护",
        CheckCode::IntegrityEntries => "完整性清单齐全",
        CheckCode::IntegrityValue => "完整性清单签名",
        CheckCode::SignatureAlgorithm => "签名算法",
        CheckCode::SignatureTimestamp => "签名时间戳",
        CheckCode::SealFormat => "印章格式",
        CheckCode::SealMakerSignature => "制章者签名",
        CheckCode::SealMakerCertificate => "制章时制章者证书有效",
        CheckCode::SealCreateTime => "制章时间",
        CheckCode::SealValidity => "印章在有效期内",
        CheckCode::SealTimestamp => "印章时间戳",
        CheckCode::SealPicture => "印章图片",
        CheckCode::SealEmbeddedEqual => "两处印章数据一致",
        CheckCode::SealSignatureSignerListed => "签章人在印章名单内",
        CheckCode::SealSignatureTime => "签章时间",
        CheckCode::TimeClock => "核验时间不早于信任列表",
        CheckCode::PathAnchor => "证书可追溯到信任根",
        CheckCode::PathConstraint => "证书链用途与限制",
        CheckCode::PathAlgorithm => "证书链算法",
        CheckCode::RevocationSigner => "签章人证书未吊销",
        CheckCode::RevocationMaker => "制章者证书未吊销",
        CheckCode::AuthorityMaker => "制章机构资格",
        CheckCode::AuthorityIssuer => "签章人即颁发机构",
        CheckCode::AuthorityScope => "地区和证照类型在授权范围内",
        CheckCode::LicenseConsistent => "证照各处数据一致",
        CheckCode::LicenseIdentifier => "证照标识",
        CheckCode::LicenseMetadata => "证照元数据",
        CheckCode::LicenseStatus => "证照状态",
        CheckCode::LicenseValidity => "证照有效期",
    }
}

pub(super) fn advice(reason: Reason) -> (&'static str, &'static str) {
    match reason {
        Reason::Malformed => (
            "文件或其中的数据已损坏，读不出来。",
            "请持证人重新提供原始电子文件，不要经过转换、截取或另存。",
        ),
        Reason::LimitExceeded => (
            "文件的大小、层数或数量超出安全上限。",
            "请确认文件来源；确属正常文件的，交技术人员处理。",
        ),
        Reason::Unsupported => (
            "这种格式当前版本不支持，无法判定。",
            "请升级软件，或通过共享接口核验。",
        ),
        Reason::TwoDocuments => (
            "文件被做成两种读法，不同软件会看到不同内容。",
            "不要采信该文件，请向颁发机构核实。",
        ),
        Reason::NotStrict => (
            "数据编码不符合标准，严格模式下不予认可。",
            "可改用兼容模式核验，并请制作单位改正。",
        ),
        Reason::SignatureStripped => (
            "文件里有证照数据，却没有任何签章，签章可能已被去除。",
            "不要采信该文件，请持证人提供带签章的原件。",
        ),
        Reason::NotSigned => ("文件没有签章。", "请提供带签章的电子文件。"),
        Reason::DigestDiffers => (
            "签章之后内容被改动过。",
            "不要采信该文件，请持证人提供未经改动的原件。",
        ),
        Reason::PartMissing => (
            "签章所保护的部分内容缺失。",
            "不要采信该文件，请持证人提供完整的原件。",
        ),
        Reason::NothingReferenced => (
            "签章没有保护任何内容。",
            "不要采信该文件，请向颁发机构核实。",
        ),
        Reason::ContentNotGiven => ("只有签章数据，没有提供被签的原文。", "请同时提供原文文件。"),
        Reason::ValueMismatch => (
            "签名值与签名者的密钥不符，签章不成立。",
            "不要采信，请向颁发机构核实。",
        ),
        Reason::CertificateMissing => {
            ("文件里没有签名者的证书。", "请另外提供签名者证书后再核验。")
        }
        Reason::CertificateUnreadable => (
            "证书已损坏或格式不对，读不出来。",
            "请向签章单位或其证书机构索取正确的证书。",
        ),
        Reason::LaterVersion => (
            "现在显示的是签章之后另加的版本，不是签章时的内容。",
            "不要采信显示内容，请持证人提供原件。",
        ),
        Reason::Uncovered => (
            "显示的部分内容没有受签章保护，可能是后来加上的。",
            "不要采信该文件，请持证人提供原件。",
        ),
        Reason::NoCoveringSignature => (
            "没有一个完好的签章保护全部显示内容。",
            "不要采信显示内容，请向颁发机构核实。",
        ),
        Reason::Unlisted => ("文件包里有清单以外的内容。", "请核实这些内容的来源。"),
        Reason::AlgorithmsDisagree => (
            "签章中几处写明的算法互相矛盾。",
            "不要采信，请联系签章单位。",
        ),
        Reason::MethodNotStated => (
            "签章没有写明摘要算法，默认算法已不安全。",
            "不要采信，请签章单位重新签章。",
        ),
        Reason::TooWeak => (
            "使用的算法或密钥强度已不安全。",
            "请签章单位用合规算法重新签章。",
        ),
        Reason::AlgorithmUnknown => (
            "使用了本软件不认识的算法，无法判定。",
            "请升级软件，或通过共享接口核验。",
        ),
        Reason::SealsDiffer => (
            "签章里的印章与文件里另存的印章不是同一份数据。",
            "不要采信，请联系签章单位。",
        ),
        Reason::PictureType => ("印章图片与标明的类型不符。", "请制章单位检查印章图片。"),
        Reason::TimeUnreadable => (
            "时间写法不合规，读不出来。",
            "请联系签章或制章单位确认时间。",
        ),
        Reason::InFuture => (
            "标明的时间晚于核验时间。",
            "请检查本机时钟；时钟无误的，不要采信。",
        ),
        Reason::TimesContradict => ("几处时间互相矛盾。", "不要采信，请联系制章单位。"),
        Reason::OutsideCertificate => (
            "标明的时间不在证书有效期内。",
            "不要采信，请用有效证书重新制作。",
        ),
        Reason::OutsideSeal => (
            "标明的时间不在印章有效期内。",
            "不要采信，请用有效印章重新签章。",
        ),
        Reason::RevokedSince => (
            "证书后来被吊销，而签章时间只是签章人自述，没有可信时间证明。",
            "请向颁发机构核实签章时间，或提供可信时间戳。",
        ),
        Reason::TimeNotProven => ("签章时间没有可信时间戳证明。", "归档前请补加时间戳。"),
        Reason::NotListed => (
            "签章人的证书不在印章允许的名单内，无权使用该印章。",
            "不要采信，请联系印章所属单位。",
        ),
        Reason::Renewed => (
            "签章人换发过证书，印章名单里仍是旧证书。",
            "请印章所属单位重新制作印章。",
        ),
        Reason::NoAnchors => (
            "没有提供该角色的信任根证书，无从追溯。",
            "请提供对应的信任根证书后再核验。",
        ),
        Reason::TrustListStale => (
            "信任列表太旧，已不能据以信任任何机构。",
            "请安装现行的信任列表后再核验。",
        ),
        Reason::ClockBeforeList => (
            "核验时间早于信任列表的签发时间。",
            "请校准本机时钟，或改用当时的信任列表。",
        ),
        Reason::AnchorWithdrawn => (
            "信任列表已撤回对该机构的信任。",
            "请向信任列表的管理部门确认能否采信。",
        ),
        Reason::AnchorNotInForce => (
            "信任列表在该时间并不信任该机构。",
            "请向信任列表的管理部门确认该机构的信任起止时间。",
        ),
        Reason::NoPath => (
            "证书追溯不到任何受信任的根证书，可能是外省机构尚未加入信任。",
            "请按提示补充签发机构证书，或申请将其加入信任。",
        ),
        Reason::AnchorRole => (
            "签发机构可信，但未被认可从事这类业务，例如企业证书冒作制章者。",
            "不要采信，请向颁发机构核实。",
        ),
        Reason::ChainSignature => (
            "证书链中有签名验证不通过。",
            "不要采信，该证书可能是伪造的。",
        ),
        Reason::ChainValidity => (
            "证书链中有证书不在有效期内。",
            "请核对核验时间，或向证书机构索取有效证书。",
        ),
        Reason::NotAuthority => (
            "证书链中有证书无权签发其他证书。",
            "不要采信，该证书不是由合法机构签发的。",
        ),
        Reason::KeyUsage => (
            "证书的密钥用途不允许这样使用。",
            "请签章单位更换用途正确的证书。",
        ),
        Reason::ExtendedKeyUsage => (
            "证书的扩展用途不允许这样使用。",
            "请签章单位更换用途正确的证书。",
        ),
        Reason::NameConstraint => (
            "证书名称超出签发机构获准的范围。",
            "不要采信，请向证书机构核实。",
        ),
        Reason::CriticalExtension => (
            "证书含有本软件不认识的关键扩展，不能放行。",
            "请升级软件，或向证书机构咨询。",
        ),
        Reason::PolicyConstraint => (
            "证书链不满足所要求的证书策略。",
            "不要采信，请向证书机构核实。",
        ),
        Reason::KeyInvalid => ("证书中的公钥无效。", "不要采信，请向证书机构核实。"),
        Reason::Revoked => ("证书已被吊销。", "不要采信，请持证人联系颁发机构换发。"),
        Reason::NoRevocationList => (
            "没有吊销列表，不知道证书是否已吊销。",
            "请提供签发机构的吊销列表后再核验。",
        ),
        Reason::RevocationListStale => (
            "吊销列表已过期，不能说明现在的情况。",
            "请更新吊销列表后再核验。",
        ),
        Reason::RevocationListUnusable => (
            "吊销列表的签名、签发者或适用范围不对，不能采用。",
            "请从签发机构重新获取吊销列表。",
        ),
        Reason::AuthorityUnknown => (
            "手头没有资料说明谁有权这样做。",
            "请安装信任列表，或通过共享接口核验。",
        ),
        Reason::OutsideTypes => (
            "信任列表未授权该机构签发这一类型的证照。",
            "请勿采信，并向颁发机构核实其签发依据。",
        ),
        Reason::OutsideIssuers => (
            "该颁发机构不在信任列表为此机构划定的范围内。",
            "请勿采信，并向颁发机构核实其印章由谁制发。",
        ),
        Reason::OutsideRegion => (
            "该地区不在信任列表为此机构划定的范围内。",
            "请勿采信，并向颁发机构核实其印章由谁制发。",
        ),
        Reason::RegionUnknown => (
            "证照中的行政区划代码不是国家标准中的代码。",
            "请向颁发机构核实证照所属的行政区划。",
        ),
        Reason::RegionRetired => (
            "证照中的行政区划代码在签发时已经停用，或该区域已分属多地。",
            "请向颁发机构核实证照所属的行政区划。",
        ),
        Reason::IssuerDiffers => (
            "印章属于另一机构，不是证照所载的颁发机构。",
            "请勿采信，并向证照所载的颁发机构核实。",
        ),
        Reason::SealOwnerDiffers => (
            "印章与签章人证书分属两个机构。",
            "请勿采信，并向印章所属机构核实。",
        ),
        Reason::IssuerCodeMissing => (
            "证照未载明颁发机构的统一社会信用代码。",
            "请向颁发机构核实，或通过共享接口核验。",
        ),
        Reason::NameOnly => (
            "只有证书中的名称与颁发机构相同，名称相同不足为凭。",
            "请申请将颁发机构的印章或证书登记到信任列表。",
        ),
        Reason::NamesDiffer => (
            "签章人证书中的机构名称与印章所属机构的名称不一致。",
            "请申请将签章人证书登记到信任列表。",
        ),
        Reason::NoSeal => (
            "证照只有签名而没有电子印章。",
            "请向颁发机构索取加盖电子印章的证照。",
        ),
        Reason::NoCommonSignature => (
            "没有一个签章覆盖证照的全部数据。",
            "请向颁发机构索取其签发的原件。",
        ),
        Reason::SourcesDiffer => (
            "证照在不同位置的数据互相矛盾。",
            "不要采信，请向颁发机构核实。",
        ),
        Reason::SourceTwice => (
            "同一份证照数据出现了两次，分不清以哪份为准。",
            "不要采信，请向颁发机构核实。",
        ),
        Reason::IdentifierWrong => (
            "证照标识的格式或校验位不对。",
            "请核对是否录错，或向颁发机构核实。",
        ),
        Reason::IdentifierVariant => (
            "证照标识的校验位是某些厂商的旧算法算出来的，不合国家标准。",
            "可继续办理，并请颁发机构改正。",
        ),
        Reason::MetadataIncomplete => ("证照元数据缺项或填写有误。", "请颁发机构补正。"),
        Reason::StatusUnknown => (
            "手头没有资料说明证照现在的状态。",
            "请通过共享接口查询证照状态。",
        ),
        Reason::Expired => ("证照已过有效期。", "请持证人办理延续或换发。"),
        Reason::NotYetValid => ("证照尚未到生效日期。", "请在生效日期之后再使用。"),
        Reason::RangeWrong => (
            "PDF签名没有恰好覆盖签名前后的全部内容。",
            "不要采信该文件，请持证人提供原件。",
        ),
        Reason::StrayBytes => (
            "文件里有来历不明的多余数据。",
            "不要采信该文件，请持证人提供原件。",
        ),
        Reason::TimestampBroken => (
            "时间戳无效或已损坏。",
            "不能以该时间戳为准，请联系签章单位。",
        ),
        Reason::PasswordNeeded => ("文件已加密，现有口令打不开。", "请提供文件口令后再核验。"),
        Reason::BaseMissing => (
            "该签章所依据的前一签章已不在文件中。",
            "不要采信，请持证人提供原件。",
        ),
        Reason::BaseNotCovered => (
            "该签章声明依据前一签章，却没有保护它。",
            "不能据此认定签章的先后，请联系签章单位。",
        ),
        Reason::BaseBroken => (
            "该签章所依据的前一签章已被破坏。",
            "不要采信，请持证人提供原件。",
        ),
        Reason::ChangeRefused => ("文件签章后被改动。", "不要采信，请持证人提供原件。"),
        Reason::ChangeNotAdmitted => (
            "签章后有填写或添加的内容，而签章人并未允许。",
            "不要采信后加的内容，请持证人提供原件。",
        ),
        Reason::PermissionDenied => (
            "签章后的改动为首签人的认证签名所禁止。",
            "不要采信，请持证人提供原件。",
        ),
        Reason::FieldLocked => ("签名已锁定的表单域被改动。", "不要采信，请持证人提供原件。"),
        Reason::AppearanceDiffers => (
            "表单域显示的内容与其实际值不符。",
            "不要以显示的内容为准，请持证人提供原件。",
        ),
        Reason::SignatureRemoved => (
            "文件中原有的签名后来被去掉了。",
            "不要采信，请持证人提供原件。",
        ),
        Reason::Encrypted => (
            "文件已加密，没有口令或密钥，无法核验。",
            "请持证人提供打开口令或未加密的原件。",
        ),
        Reason::NotOpened => (
            "文件已加密，所给的私钥打不开。",
            "请换用该文件加密时所用证书的私钥。",
        ),
    }
}

pub(super) fn finding(code: FindingCode) -> &'static str {
    match code {
        FindingCode::UnusedBits => "比特串标明的空余位数不对",
        FindingCode::TrimmedBitString => "比特串末尾的零字节被截掉，已补回读取",
        FindingCode::NegativeInteger => "签名中的整数缺少前导零",
        FindingCode::EncodedDefault => "缺省值被多余地编码",
        FindingCode::StringSwap => "字节串与比特串混用",
        FindingCode::RawSignatureValue => "签名值为裸r‖s，不是DER编码",
        FindingCode::ZonelessTime => "时间未写时区，按北京时间读取",
        FindingCode::MalformedTime => "时间写法不合规",
        FindingCode::ClaimedTime => "签章时间为签章人自述，没有时间戳证明",
        FindingCode::VersionMismatch => "版本号与实际结构不符",
        FindingCode::CertListType => "证书列表类型不是1或2，按实际内容读取",
        FindingCode::CertificateAsText => "证书放在了文本类型里",
        FindingCode::ExtraWrapping => "结构外多包了一层",
        FindingCode::PropertyInfoNotAscii => "签章属性含有非ASCII字符",
        FindingCode::ExtensionTag => "扩展数据的标签与标准不符",
        FindingCode::NestedPicture => "印章图片是一个完整的OFD文件",
        FindingCode::SealValidityNow => "印章现在已不在有效期内",
        FindingCode::ContentTypeVariant => "签名消息的类型标识混用了国密与国际标识",
        FindingCode::AlgorithmVariant => "签名算法用了少见但无歧义的标识",
        FindingCode::AttributeOrder => "签名属性没有按DER顺序排列",
        FindingCode::OldNamespace => "使用旧的OFD命名空间",
        FindingCode::PrefixBytes => "文件包之前有多余字节",
        FindingCode::DataDescriptor => "压缩包条目带数据描述符",
        FindingCode::LocationStyle => "路径写法不规范（反斜杠、双斜杠或大小写不一）",
        FindingCode::RelativeLocation => "应为绝对路径处写了相对路径",
        FindingCode::IdentifierForm => "标识的写法不合规",
        FindingCode::ElementOrder => "元素顺序与标准不同",
        FindingCode::DigestAlias => "摘要算法用了别名",
        FindingCode::EntryPointUncovered => "OFD.xml未受保护，但它指向的内容均受保护",
        FindingCode::SignatureListUncovered => "签名列表未受保护，之后还可以加签",
        FindingCode::AnnexUncovered => "批注或附件未受保护",
        FindingCode::LooseFiles => "文件包里有不显示也不受保护的内容",
        FindingCode::PurposeClientOnly => "签章证书只标明客户端认证用途",
        FindingCode::KeyAlgorithmVariant => "公钥算法用曲线标识代替",
        FindingCode::IdentifierVendorVariant => "证照标识的校验位是厂商旧算法",
        FindingCode::GapBytes => "文件包条目之间有不属于任何条目的字节",
        FindingCode::NameEncoding => "条目名称既非ASCII，也未标明UTF-8",
        FindingCode::BerEncoding => "签名消息用BER编码，已转为DER读取",
        FindingCode::TimeStampVersion => "时间戳结构的版本号不是1",
        FindingCode::TimeForm => "时间用了另一种时间类型",
        FindingCode::HeaderId => "印章头标识不是ES",
        FindingCode::TextType => "文本用了另一种字符串类型",
        FindingCode::CertificateProfile => "证书有不合签发规范之处，不影响核验",
        FindingCode::MakerNow => "制章者证书现已过期或被吊销",
        FindingCode::PropertyInfoBlank => "签章属性为空，未说明保护范围",
        FindingCode::PropertyInfoElsewhere => "签章属性指向的不是本签章所保护的文件",
        FindingCode::PartialCoverage => "有内容在此签章之后加入，或未纳入此签章",
        FindingCode::SigningOrder => "后加的签章自称时间更早",
        FindingCode::TimeStampAuthorityName => "时间戳写的机构名称与其证书不一致",
        FindingCode::TimeStampAccuracyForm => "时间戳精度按GM/T 0033的印刷写法编码",
        FindingCode::HiddenContent => "已签 PDF 中有未显示的内容",
        FindingCode::ReferenceGap => "已签 PDF 引用了并不存在的对象",
        FindingCode::HiddenLayers => "已签 PDF 有隐藏或会自动切换的图层",
        FindingCode::OverlayAnnotation => "已签页面上覆有批注",
        FindingCode::SharedSignature => "一个签名用于多个签名域",
        FindingCode::ParallelScheme => "并行签名：签名不覆盖随之增加的内容",
        FindingCode::SubFilterMismatch => "签名格式的名称与实际内容不符",
        FindingCode::ListedTwice => "完整性清单里同一文件列了两次",
        FindingCode::Decrypted => "文件已加密，解密后核验",
    }
}
