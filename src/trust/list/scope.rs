//! How far an entry of a trust list vouches: for which regions, bodies and types.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::license::codes::{Containment, RegionCode};

/// All of a kind, or only those named. Both must be written out: nothing is believed by omission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extent<T> {
    /// `"any"`.
    Any,
    /// A list; an empty one admits nothing.
    Only(Vec<T>),
}

impl<T> Extent<T> {
    /// Whether it admits what `matches` accepts.
    pub fn admits(&self, matches: impl Fn(&T) -> bool) -> bool {
        match self {
            Self::Any => true,
            Self::Only(list) => list.iter().any(matches),
        }
    }
}

/// What an entry may vouch for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Regions by GB/T 2260; a province or prefecture stands for all below it.
    #[serde(serialize_with = "regions_out", deserialize_with = "regions_in")]
    pub regions: Extent<RegionCode>,
    /// Issuing bodies by unified social credit code.
    pub issuers: Extent<String>,
    /// License type codes (证照类型代码).
    pub license_types: Extent<String>,
}

impl Scope {
    /// Everything.
    #[must_use]
    pub fn any() -> Self {
        Self {
            regions: Extent::Any,
            issuers: Extent::Any,
            license_types: Extent::Any,
        }
    }

    /// Whether a region lies within: it is named, or lies below one that is, or what took its place
    /// does ([`RegionCode::lies_in`]).
    #[must_use]
    pub fn admits_region(&self, region: &RegionCode) -> bool {
        self.regions
            .admits(|named| region.lies_in(named) == Containment::Inside)
    }

    /// Whether an issuing body is named.
    #[must_use]
    pub fn admits_issuer(&self, uscc: &str) -> bool {
        self.issuers.admits(|named| named == uscc)
    }

    /// Whether a license type is named.
    #[must_use]
    pub fn admits_type(&self, code: &str) -> bool {
        self.license_types.admits(|named| named == code)
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Wire<T> {
    Word(String),
    List(Vec<T>),
}

impl<T: Serialize> Serialize for Extent<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Any => serializer.serialize_str("any"),
            Self::Only(list) => list.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Extent<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Wire::deserialize(deserializer)? {
            Wire::List(list) => Ok(Self::Only(list)),
            Wire::Word(word) if word == "any" => Ok(Self::Any),
            Wire::Word(_) => Err(serde::de::Error::custom("neither a list nor \"any\"")),
        }
    }
}

fn regions_out<S: Serializer>(
    regions: &Extent<RegionCode>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match regions {
        Extent::Any => serializer.serialize_str("any"),
        Extent::Only(list) => serializer.collect_seq(list.iter().map(RegionCode::as_str)),
    }
}

fn regions_in<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Extent<RegionCode>, D::Error> {
    match Extent::<String>::deserialize(deserializer)? {
        Extent::Any => Ok(Extent::Any),
        Extent::Only(list) => list
            .iter()
            .map(|code| RegionCode::parse(code))
            .collect::<Result<_, _>>()
            .map(Extent::Only)
            .map_err(serde::de::Error::custom),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(code: &str) -> RegionCode {
        RegionCode::parse(code).unwrap()
    }

    fn only(codes: &[&str]) -> Scope {
        Scope {
            regions: Extent::Only(codes.iter().map(|code| region(code)).collect()),
            ..Scope::any()
        }
    }

    #[test]
    fn a_region_stands_for_those_below_it() {
        let scope = only(&["340000", "320100"]);
        for inside in ["340000", "340100", "340102", "320100", "320102"] {
            assert!(scope.admits_region(&region(inside)), "{inside}");
        }
        for outside in ["350000", "320000", "320200", "320281"] {
            assert!(!scope.admits_region(&region(outside)), "{outside}");
        }
    }

    #[test]
    fn an_empty_list_admits_nothing_and_nothing_may_be_left_out() {
        assert!(!only(&[]).admits_region(&region("340000")));
        assert!(serde_json::from_str::<Scope>(r#"{"regions":"any","issuers":"any"}"#).is_err());
        assert!(serde_json::from_str::<Extent<String>>(r#""all""#).is_err());
        let text = r#"{"regions":["340000"],"issuers":"any","license_types":["11100000"]}"#;
        let scope: Scope = serde_json::from_str(text).unwrap();
        assert!(scope.admits_type("11100000") && !scope.admits_type("11200000"));
        assert_eq!(serde_json::to_string(&scope).unwrap(), text);
    }
}
