//! What a later revision did, in the words that a policy can admit or refuse.

use std::fmt;

use crate::pdf::syntax::Ref;

/// One thing that a later revision did.
#[derive(Clone, PartialEq, Eq)]
pub struct Change {
    revision: usize,
    object: Option<Ref>,
    field: Option<String>,
    kind: ChangeKind,
}

/// What was done, by an allow-list: whatever is not recognised for sure is
/// [`Refused`](ChangeKind::Refused).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChangeKind {
    /// Versions, dates and flags that change nothing that is shown or signed.
    Upkeep,
    /// Certificates, revocation lists and answers were added to the security store.
    Evidence,
    /// A time stamp over the document was added.
    TimeStamp,
    /// A signature was put into a field, or an empty signature field was added.
    Signature {
        /// Whether its field is new and shows something on a page.
        new_and_visible: bool,
    },
    /// A form field has another value, and what it shows is that value.
    FormFill,
    /// An annotation that is no form field was added or changed.
    Annotation,
    /// Anything else.
    Refused(Cause),
}

/// Why a change is not one of those that can be admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cause {
    /// Bytes stand in the revision that its cross-reference section does not account for.
    StrayBytes,
    /// The trailer says something else.
    Trailer,
    /// The catalog says something else: pages, actions, layers, names.
    Catalog,
    /// A page has other contents, resources or dimensions.
    Page,
    /// An object that is none of those an update may touch.
    Content,
    /// An object that others referred to although it did not exist was added.
    GapFilled,
    /// An object that others refer to was removed.
    Removed,
    /// An object that serves two purposes was changed.
    Shared,
    /// The form dictionary says something else.
    Form,
    /// A form field that is no signature field was added, or one was added under a known name.
    FieldAdded,
    /// A form field was removed or moved within the form.
    FieldRemoved,
    /// A form field was changed beyond its value: its type, place, flags or actions.
    Field,
    /// A signature was replaced or taken out of its field.
    SignatureReplaced,
    /// A form field shows something else than its value.
    Appearance,
    /// An annotation was removed, or reordered.
    AnnotationRemoved,
    /// A widget that belongs to no new signature field was added to a page.
    Widget,
    /// An annotation acts by itself or when it is used.
    Action,
    /// An object that was there before, hidden, is shown now.
    HiddenShown,
    /// Evidence was removed or changed.
    Evidence,
    /// The document information says something else.
    Information,
    /// The metadata says something else.
    Metadata,
    /// The change cannot be read.
    Unreadable,
    /// There are more refused revisions than are looked into.
    TooMany,
}

impl Change {
    pub(super) fn new(revision: usize, object: Option<Ref>, kind: ChangeKind) -> Self {
        Self {
            revision,
            object,
            field: None,
            kind,
        }
    }

    pub(super) fn of_field(mut self, name: &str) -> Self {
        self.field = Some(name.to_owned());
        self
    }

    /// The revision that did it.
    #[must_use]
    pub fn revision(&self) -> usize {
        self.revision
    }

    /// The object it was done to, `None` when it concerns the file as a whole.
    #[must_use]
    pub fn object(&self) -> Option<Ref> {
        self.object
    }

    /// The full name of the form field it concerns. Hostile text.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// What was done.
    #[must_use]
    pub fn kind(&self) -> ChangeKind {
        self.kind
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "revision {}", self.revision)?;
        if let Some(object) = self.object {
            write!(f, ", object {object}")?;
        }
        write!(f, ": {}", self.kind.name())
    }
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The name of a field may be personal.
        write!(f, "{self}")
    }
}

impl ChangeKind {
    /// The stable name, such as `evidence` or, of a refused one, that of its cause.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Upkeep => "upkeep",
            Self::Evidence => "evidence",
            Self::TimeStamp => "time_stamp",
            Self::Signature { .. } => "signature",
            Self::FormFill => "form_fill",
            Self::Annotation => "annotation",
            Self::Refused(cause) => cause.name(),
        }
    }
}

impl Cause {
    /// Every cause.
    pub const ALL: &[Cause] = &[
        Self::StrayBytes,
        Self::Trailer,
        Self::Catalog,
        Self::Page,
        Self::Content,
        Self::GapFilled,
        Self::Removed,
        Self::Shared,
        Self::Form,
        Self::FieldAdded,
        Self::FieldRemoved,
        Self::Field,
        Self::SignatureReplaced,
        Self::Appearance,
        Self::AnnotationRemoved,
        Self::Widget,
        Self::Action,
        Self::HiddenShown,
        Self::Evidence,
        Self::Information,
        Self::Metadata,
        Self::Unreadable,
        Self::TooMany,
    ];

    /// The stable name, such as `page_changed`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::StrayBytes => "stray_bytes",
            Self::Trailer => "trailer_changed",
            Self::Catalog => "catalog_changed",
            Self::Page => "page_changed",
            Self::Content => "content_changed",
            Self::GapFilled => "gap_filled",
            Self::Removed => "object_removed",
            Self::Shared => "shared_object_changed",
            Self::Form => "form_changed",
            Self::FieldAdded => "field_added",
            Self::FieldRemoved => "field_removed",
            Self::Field => "field_changed",
            Self::SignatureReplaced => "signature_replaced",
            Self::Appearance => "appearance_differs",
            Self::AnnotationRemoved => "annotation_removed",
            Self::Widget => "widget_added",
            Self::Action => "action_added",
            Self::HiddenShown => "hidden_content_shown",
            Self::Evidence => "evidence_changed",
            Self::Information => "information_changed",
            Self::Metadata => "metadata_changed",
            Self::Unreadable => "change_unreadable",
            Self::TooMany => "too_many_changes",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = Cause::ALL.iter().map(|cause| cause.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Cause::ALL.len());
    }
}
