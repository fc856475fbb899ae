//! Seals and seal signatures taken apart into their fields, so that a test can write one of them
//! as it should not be, and signed again as a careless maker or signer would have.

use yinxin::asn1::{self, Tag, Tlv};
use yinxin::crypto::{DigestAlgorithm, Signer};
use yinxin::pki::Certificate;
use yinxin::ses::{Layout, SesSeal, SignatureDraft};

use super::{Archive, SIGNED_AT, refresh_digests, seal_of, small_sealed, time, world};

/// A DER structure as a tree; what is not spoilt is written as it was read.
#[derive(Clone)]
enum Node {
    Leaf(Vec<u8>),
    Branch(Tag, Vec<Node>),
}

impl Node {
    fn read(der: &[u8]) -> Self {
        let tlv = Tlv::parse(der).unwrap();
        if tlv.tag() != Tag::SEQUENCE {
            return Self::Leaf(der.to_vec());
        }
        let children = tlv.reader().unwrap().read_all(100).unwrap();
        let children = children.iter().map(|child| Self::read(child.raw()));
        Self::Branch(tlv.tag(), children.collect())
    }

    fn write(&self) -> Vec<u8> {
        match self {
            Self::Leaf(raw) => raw.clone(),
            Self::Branch(tag, children) => {
                let content: Vec<u8> = children.iter().flat_map(Self::write).collect();
                asn1::tlv(*tag, &content)
            }
        }
    }

    fn children(&mut self) -> &mut Vec<Node> {
        match self {
            Self::Branch(_, children) => children,
            Self::Leaf(_) => panic!("no children"),
        }
    }

    fn at(&mut self, path: &[usize]) -> &mut Node {
        path.iter()
            .fold(self, |node, index| &mut node.children()[*index])
    }

    /// Replaces the element there, or adds it as the last of its parent.
    fn set(&mut self, path: &[usize], raw: Vec<u8>) {
        let (last, parent) = path.split_last().unwrap();
        let children = self.at(parent).children();
        if *last == children.len() {
            children.push(Self::Leaf(raw));
        } else {
            children[*last] = Self::Leaf(raw);
        }
    }
}

/// How a signature value, given in DER, is written into its field.
pub(crate) type WriteValue<'a> = &'a dyn Fn(&[u8]) -> Vec<u8>;

/// As the standard has it.
pub(crate) fn as_bits(value: &[u8]) -> Vec<u8> {
    asn1::bits(value)
}

/// A seal, field by field.
#[derive(Clone)]
pub(crate) struct RawSeal {
    layout: Layout,
    tree: Node,
}

impl RawSeal {
    /// The honest seal of this layout.
    pub(crate) fn of(layout: Layout) -> Self {
        Self::from(&seal_of(layout))
    }

    /// An honest seal.
    pub(crate) fn from(seal: &SesSeal) -> Self {
        Self {
            layout: seal.layout(),
            tree: Node::read(seal.raw()),
        }
    }

    /// Writes another element for a field, named as the standard of 2020 names it.
    pub(crate) fn set(&mut self, field: &str, element: Vec<u8>) {
        let path = self.path(field);
        self.tree.set(&path, element);
    }

    /// The content of a field's element.
    pub(crate) fn content(&mut self, field: &str) -> Vec<u8> {
        let path = self.path(field);
        content(&self.tree.at(&path).write())
    }

    /// The seal, signed by its maker, the value written like this.
    pub(crate) fn sign(&mut self, maker: &dyn Signer, write: WriteValue<'_>) -> Vec<u8> {
        let value = maker.sign(&self.signed_bytes()).unwrap();
        self.set("signedValue", write(&value));
        self.der()
    }

    /// The same, if the value can be written so.
    pub(crate) fn sign_if(
        &mut self,
        maker: &dyn Signer,
        write: &dyn Fn(&[u8]) -> Option<Vec<u8>>,
    ) -> Option<Vec<u8>> {
        let value = maker.sign(&self.signed_bytes()).unwrap();
        self.set("signedValue", write(&value)?);
        Some(self.der())
    }

    /// The seal as it stands.
    pub(crate) fn der(&self) -> Vec<u8> {
        self.tree.write()
    }

    fn signed_bytes(&mut self) -> Vec<u8> {
        let info = self.tree.at(&[0]).write();
        if self.layout != Layout::Gmt0031_2014 {
            return info;
        }
        let [cert, algorithm] = ["cert", "signAlgID"].map(|field| {
            let path = self.path(field);
            self.tree.at(&path).write()
        });
        asn1::sequence(&[info, cert, algorithm])
    }

    fn path(&self, field: &str) -> Vec<usize> {
        let old = self.layout == Layout::Gmt0031_2014;
        // 2014 has no certListType, and keeps the maker's part in a SEQUENCE of its own.
        let after_list = |index: usize| if old { index - 1 } else { index };
        let maker = |index: usize| if old { vec![1, index] } else { vec![1 + index] };
        match field {
            "header.ID" => vec![0, 0, 0],
            "header.version" => vec![0, 0, 1],
            "esID" => vec![0, 1],
            "name" => vec![0, 2, 1],
            "certListType" if !old => vec![0, 2, 2],
            "certList" => vec![0, 2, after_list(3)],
            "createDate" => vec![0, 2, after_list(4)],
            "validStart" => vec![0, 2, after_list(5)],
            "validEnd" => vec![0, 2, after_list(6)],
            "picture.type" => vec![0, 3, 0],
            "picture.data" => vec![0, 3, 1],
            "extDatas" => vec![0, 4],
            "signInfo" if old => vec![1],
            "cert" => maker(0),
            "signAlgID" => maker(1),
            "signedValue" => maker(2),
            "timeStamp" if !old => vec![4],
            _ => panic!("no field {field} in {:?}", self.layout),
        }
    }
}

/// A seal signature, field by field.
#[derive(Clone)]
pub(crate) struct RawSignature {
    layout: Layout,
    tree: Node,
}

impl RawSignature {
    /// The honest signature of this layout over a digest, by the world's signer.
    pub(crate) fn of(layout: Layout, data_hash: &[u8]) -> Self {
        let signer = &world().signer;
        let draft = SignatureDraft {
            seal: &seal_of(layout),
            time: time(SIGNED_AT),
            data_hash,
            property_info: "/Doc_0/Signs/Sign_0/Signature.xml",
            signer_certificate: signer.certificate.der(),
            algorithm: signer.key.algorithm(),
            extensions: &[],
        };
        let unsigned = draft.prepare().unwrap();
        let value = signer.key.sign(unsigned.to_be_signed()).unwrap();
        let signature = unsigned.complete(&value, None).unwrap();
        Self {
            layout,
            tree: Node::read(signature.raw()),
        }
    }

    /// Writes another element for a field, named as the standard of 2020 names it.
    pub(crate) fn set(&mut self, field: &str, element: Vec<u8>) {
        let path = self.path(field);
        self.tree.set(&path, element);
    }

    /// The content of a field's element.
    pub(crate) fn content(&mut self, field: &str) -> Vec<u8> {
        let path = self.path(field);
        content(&self.tree.at(&path).write())
    }

    /// The signature as it stands.
    pub(crate) fn der(&self) -> Vec<u8> {
        self.tree.write()
    }

    /// The signature, its value written like this.
    pub(crate) fn sign(&mut self, signer: &dyn Signer, write: WriteValue<'_>) -> Vec<u8> {
        let value = signer.sign(&self.tree.at(&[0]).write()).unwrap();
        self.set("signature", write(&value));
        self.tree.write()
    }

    /// The same, if the value can be written so.
    pub(crate) fn sign_if(
        &mut self,
        signer: &dyn Signer,
        write: &dyn Fn(&[u8]) -> Option<Vec<u8>>,
    ) -> Option<Vec<u8>> {
        let value = signer.sign(&self.tree.at(&[0]).write()).unwrap();
        self.set("signature", write(&value)?);
        Some(self.tree.write())
    }

    fn path(&self, field: &str) -> Vec<usize> {
        let old = self.layout == Layout::Gmt0031_2014;
        match field {
            "version" => vec![0, 0],
            "eseal" => vec![0, 1],
            "timeInfo" => vec![0, 2],
            "dataHash" => vec![0, 3],
            "propertyInfo" => vec![0, 4],
            "extDatas" if !old => vec![0, 5],
            "cert" if old => vec![0, 5],
            "signatureAlgID" if old => vec![0, 6],
            "signature" if old => vec![1],
            "cert" => vec![1],
            "signatureAlgID" => vec![2],
            "signature" => vec![3],
            "timeStamp" if !old => vec![4],
            _ => panic!("no field {field} in {:?}", self.layout),
        }
    }
}

fn content(element: &[u8]) -> Vec<u8> {
    Tlv::parse(element).unwrap().content().to_vec()
}

/// A small sealed package whose seal and signature can be replaced.
pub(crate) struct Sealed {
    pub(crate) layout: Layout,
    pub(crate) archive: Archive,
}

impl Sealed {
    /// The honest one of this layout: one page that shows a line of text.
    pub(crate) fn of(layout: Layout) -> Self {
        Self {
            layout,
            archive: Archive::read(&small_sealed(layout)),
        }
    }

    /// Puts a seal beside the signature and its digest into Signature.xml.
    pub(crate) fn put_seal(&mut self, seal: &[u8]) {
        let file = self.archive.find("Seal.esl");
        self.archive.put(&file, seal);
        refresh_digests(&mut self.archive, &[&file]);
    }

    /// A signature over Signature.xml as it now stands, with the seal that lies beside it.
    pub(crate) fn signature(&self) -> RawSignature {
        let xml = self.archive.get(&self.archive.find("/Signature.xml"));
        let digest = DigestAlgorithm::Sm3.digest(xml);
        let mut signature = RawSignature::of(self.layout, digest.as_bytes());
        let seal = self.archive.get(&self.archive.find("Seal.esl"));
        signature.set("eseal", seal.to_vec());
        signature
    }

    /// The package with this signature.
    pub(crate) fn with(mut self, signature: Vec<u8>) -> Vec<u8> {
        let file = self.archive.find("SignedValue.dat");
        self.archive.put(&file, signature);
        self.archive.write()
    }

    /// The package, honestly signed with whatever seal lies beside the signature.
    pub(crate) fn signed(self) -> Vec<u8> {
        let signature = self.signature().sign(&world().signer.key, &as_bits);
        self.with(signature)
    }

    /// The package with this seal, honestly signed.
    pub(crate) fn with_seal(layout: Layout, seal: &[u8]) -> Vec<u8> {
        let mut sealed = Self::of(layout);
        sealed.put_seal(seal);
        sealed.signed()
    }

    /// The package with the seal spoilt before its maker signs it.
    pub(crate) fn with_spoilt_seal(layout: Layout, spoil: impl FnOnce(&mut RawSeal)) -> Vec<u8> {
        let mut seal = RawSeal::of(layout);
        spoil(&mut seal);
        let seal = seal.sign(&world().maker.key, &as_bits);
        Self::with_seal(layout, &seal)
    }

    /// The package with the signature spoilt before it is signed.
    pub(crate) fn with_spoilt_signature(
        layout: Layout,
        spoil: impl FnOnce(&mut RawSignature),
    ) -> Vec<u8> {
        let sealed = Self::of(layout);
        let mut signature = sealed.signature();
        spoil(&mut signature);
        let signature = signature.sign(&world().signer.key, &as_bits);
        sealed.with(signature)
    }
}

/// The OCTET STRING in which a list or a field holds a certificate.
pub(crate) fn held(certificate: &Certificate) -> Vec<u8> {
    asn1::octets(certificate.der())
}
