//! The names of the system query options (OData V2 URI conventions, section 4).

/// The system query options of OData V2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SystemOption {
    Expand,
    Filter,
    Format,
    InlineCount,
    OrderBy,
    Select,
    Skip,
    SkipToken,
    Top,
}

impl SystemOption {
    const ALL: [(&'static str, Self); 9] = [
        ("$expand", Self::Expand),
        ("$filter", Self::Filter),
        ("$format", Self::Format),
        ("$inlinecount", Self::InlineCount),
        ("$orderby", Self::OrderBy),
        ("$select", Self::Select),
        ("$skip", Self::Skip),
        ("$skiptoken", Self::SkipToken),
        ("$top", Self::Top),
    ];

    /// The option of a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, option)| *option)
    }

    /// Its name, with the dollar sign.
    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, option)| *option == self).map_or("", |(name, _)| name)
    }

    /// Whether its value is a list, which several options of the name make longer.
    pub(crate) const fn is_list(self) -> bool {
        matches!(self, Self::Expand | Self::Select | Self::OrderBy)
    }
}
