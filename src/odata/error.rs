//! Outcomes of the protocol itself (OData V2 sections "Error Conditions" of its parts): Olingo's message catalogue.
//!
//! The texts are protocol: some end in blanks.

use crate::contract::Evidence::{Assumed, Library, Specified};
use crate::contract::{Evidence, Outcome, Reach, Refusal};

const MESSAGES: Evidence = Library("Apache Olingo 2.0.13, odata-core message catalogue");

const fn row(id: &'static str, status: u16, text: &'static str, evidence: Evidence, advice: &'static str) -> Outcome {
    Outcome { id, status, code: "", text, evidence, text_evidence: evidence, advice, reach: Reach::Client }
}

/// A row with its blank `{value}` filled.
pub(crate) fn refuse(row: &'static Outcome, value: &str) -> Refusal {
    Refusal::new(row, &[("value", value)])
}

/// A row with its blanks `{value}` and `{other}` filled.
pub(crate) fn refuse_both(row: &'static Outcome, value: &str, other: &str) -> Refusal {
    Refusal::new(row, &[("value", value), ("other", other)])
}

macro_rules! catalogue {
    ($($name:ident = $id:literal, $status:literal, $text:literal, $evidence:expr, $advice:literal;)*) => {
        $(
            #[doc = concat!("`", $id, "`: ", stringify!($status), " ", $text)]
            pub static $name: Outcome = row($id, $status, $text, $evidence, $advice);
        )*

        /// Every row of the protocol's catalogue.
        pub const OUTCOMES: &[&Outcome] = &[$(&$name),*];
    };
}

catalogue! {
    NOT_IMPLEMENTED = "odata_not_implemented", 501, "Not implemented", MESSAGES,
        "The service has no such operation; see `certmimic operations`.";
    UNKNOWN_METHOD = "odata_unknown_method", 501, "Common exception", MESSAGES,
        "OData V2 knows GET, HEAD, POST, PUT, MERGE, PATCH and DELETE.";
    UNKNOWN_TUNNELLED_METHOD = "odata_unknown_tunnelled_method", 501, "Not implemented", MESSAGES,
        "X-HTTP-Method may name GET, PUT, MERGE, PATCH or DELETE.";
    AMBIGUOUS_TUNNELLING = "odata_ambiguous_tunnelling", 400, "Ambiguous X-HTTP-Method and X-HTTP-Method-Override header.", MESSAGES,
        "Send one of the two headers, or the same method in both.";
    METHOD_NOT_ALLOWED = "odata_method_not_allowed", 405, "The request dispatcher does not allow the HTTP method used for the request.", MESSAGES,
        "The resource does not have this method, or the write carries system query options.";
    NOT_SUPPORTED = "odata_not_supported", 400, "The request is not supported by the processor.", MESSAGES,
        "Write to the entity itself, not through a navigation property.";
    INVALID_SYNTAX = "odata_invalid_syntax", 400, "The Data Services Request could not be understood due to malformed syntax.", MESSAGES,
        "A media resource takes no $format.";
    VERSION_TOO_HIGH = "odata_version_too_high", 400, "The Data Services Request version '{value}' is not supported for the request payload.", MESSAGES,
        "Send DataServiceVersion 1.0 or 2.0, or leave it out.";
    VERSION_UNREADABLE = "odata_version_unreadable", 400, "The Data Services Request version '{value}' cannot be parsed.", MESSAGES,
        "Send DataServiceVersion 1.0 or 2.0, or leave it out.";
    EMPTY_ACCEPT = "odata_empty_accept", 406, "The request can not be accepted.", MESSAGES,
        "Leave the Accept header out, or name a media type in it.";
    MALFORMED_ACCEPT = "odata_malformed_accept", 400, "The request contains an invalid header parameter 'Accept' with value '{value}'.", MESSAGES,
        "Each member of Accept is type/subtype with optional parameters.";
    NOT_ACCEPTABLE = "odata_not_acceptable", 406, "The accept header '{value}' is not supported for this resource.", MESSAGES,
        "Accept application/json, application/atom+xml or application/xml.";
    FORMAT_NOT_SUPPORTED = "odata_format_not_supported", 406, "Content type '{value}' is not supported.", MESSAGES,
        "$format is json, atom or xml.";
    MEDIA_TYPE_NOT_SUPPORTED = "odata_media_type_not_supported", 415, "Media type {value} is not supported.", MESSAGES,
        "Send the body as application/json, application/atom+xml or application/xml.";
    CONTENT_TYPE_UNREADABLE = "odata_content_type_unreadable", 415, "Content type {value} is not supported for this resource.", MESSAGES,
        "Content-Type is type/subtype with optional parameters.";
    UNKNOWN_SET = "odata_unknown_set", 404, "Could not find an entity set or function import for '{value}'.", MESSAGES,
        "The service document lists the entity sets.";
    UNMATCHED_SEGMENT = "odata_unmatched_segment", 404, "Could not match segment: '{value}'.", MESSAGES,
        "A segment is a name, optionally followed by a key in parentheses.";
    UNKNOWN_CONTAINER = "odata_unknown_container", 404, "Could not find container with name: '{value}'.", MESSAGES,
        "Leave the container's name out.";
    UNKNOWN_PROPERTY = "odata_unknown_property", 404, "Could not find property with name: '{value}'.", MESSAGES,
        "$metadata lists the properties; names are case-sensitive.";
    MATRIX_PARAMETER = "odata_matrix_parameter", 404, "Matrix parameter '{value}' with path segment '{other}' not found!", MESSAGES,
        "Percent-encode a semicolon in a key.";
    ENTITY_NOT_FOUND = "odata_entity_not_found", 404, "Requested entity could not be found.", MESSAGES,
        "There is no entity at this address.";
    NOT_A_NAVIGATION_PROPERTY = "odata_not_a_navigation_property", 400, "Property '{value}' must be a navigation property. ", MESSAGES,
        "Only navigation properties can be expanded or linked.";
    INVALID_KEY = "odata_invalid_key", 400, "Invalid key predicate: '{value}'.", MESSAGES,
        "Give every key property once: Set('x') or Set(A='x',B=1).";
    UNNAMED_KEY_PART = "odata_unnamed_key_part", 400, "Missing key predicate name for key: '{value}'.", MESSAGES,
        "Name the parts of a compound key: Set(A='x',B=1).";
    DUPLICATE_KEY_PART = "odata_duplicate_key_part", 400, "Duplicate key names: '{value}'.", MESSAGES,
        "Give every key property once.";
    INCOMPATIBLE_LITERAL = "odata_incompatible_literal", 400, "Format of '{value}' is not compatible with '{other}'.", MESSAGES,
        "Strings stand in single quotes.";
    UNKNOWN_LITERAL = "odata_unknown_literal", 400, "Unknown literal: '{value}'.", MESSAGES,
        "Strings stand in single quotes; other types have their prefix or suffix.";
    LITERAL_FORMAT = "odata_literal_format", 400, "Wrong literal format for literal: '{value}'.", MESSAGES,
        "The value does not fit the literal's type.";
    SET_INSTEAD_OF_ENTITY = "odata_set_instead_of_entity", 400, "Must be an entity set instead of an entity: '{value}'.", MESSAGES,
        "Name one entity by its key before going on.";
    NO_MEDIA_RESOURCE = "odata_no_media_resource", 400, "The requested resource is no media resource.", MESSAGES,
        "Only media link entries and properties have a $value.";
    MUST_BE_LAST = "odata_must_be_last", 400, "'{value}' must be the last segment.", MESSAGES,
        "Nothing may follow this segment.";
    MUST_NOT_BE_LAST = "odata_must_not_be_last", 400, "'{value}' must not be the last segment. ", MESSAGES,
        "Name the navigation property after $links.";
    EMPTY_SEGMENT = "odata_empty_segment", 400, "No empty segment allowed.", MESSAGES,
        "Remove the doubled slash or comma.";
    URI_SYNTAX = "odata_uri_syntax", 400, "Invalid URI syntax.", MESSAGES,
        "A percent sign stands before two hexadecimal digits; encode the sign itself as %25.";
    INVALID_SEGMENT = "odata_invalid_segment", 400, "Invalid segment: '{value}'.", MESSAGES,
        "The segment does not fit what precedes it.";
    UNKNOWN_OPTION = "odata_unknown_option", 400, "Invalid system query option: '{value}'. ", MESSAGES,
        "OData V2 has $filter, $orderby, $top, $skip, $skiptoken, $inlinecount, $select, $expand and $format.";
    EMPTY_OPTION = "odata_empty_option", 400, "Value for '{value}' must not be null.", MESSAGES,
        "Give the option a value, or leave it out.";
    DUPLICATE_OPTION = "odata_duplicate_option", 400, "Duplicate system query parameter names: '{value}'.", MESSAGES,
        "Give each system query option once.";
    INCOMPATIBLE_OPTION = "odata_incompatible_option", 400, "System query option '{value}' is not compatible with the return type.", MESSAGES,
        "The option does not apply to this kind of resource.";
    INVALID_VALUE = "odata_invalid_value", 400, "Invalid value: '{value}'.", MESSAGES,
        "$top and $skip take a number, $inlinecount `allpages` or `none`.";
    NEGATIVE_VALUE = "odata_negative_value", 400, "Provided value '{value}' must not be negative.  ", MESSAGES,
        "$top and $skip start at 0.";
    INVALID_FILTER = "odata_invalid_filter", 400, "Invalid filter expression: '{value}'.", MESSAGES,
        "{other}";
    INVALID_ORDER = "odata_invalid_order", 400, "Invalid order by expression: '{value}'. ", MESSAGES,
        "{other}";
    OPTION_NOT_SUPPORTED = "odata_option_not_supported", 501, "{value} is not supported.", Specified("Security Content 1.0.0: `$select is not supported.`"),
        "This entity set does not honour the option.";
    OPTION_REFUSED = "odata_option_refused", 400, "System query option '{value}' is not compatible with the return type.", Assumed("a tenant answered 400 to every system query option on this set; the text was not recorded"),
        "This entity set takes no system query options.";
    BODY_MALFORMED = "odata_body_malformed", 400, "An exception of type 'MalformedJsonException' occurred.", MESSAGES,
        "The body is not JSON: {other}.";
    BODY_EMPTY = "odata_body_empty", 400, "An exception of type 'EOFException' occurred.", MESSAGES,
        "The body is empty or ends too early.";
    BODY_OF_WRONG_SHAPE = "odata_body_of_wrong_shape", 400, "An exception of type 'IllegalStateException' occurred.", MESSAGES,
        "Send one JSON object, or one wrapped in `d`.";
    BODY_VALUE_INVALID = "odata_body_value_invalid", 400, "An exception of type 'EdmSimpleTypeException' occurred.", MESSAGES,
        "Property '{value}': {other}.";
    BODY_UNKNOWN_MEMBER = "odata_body_unknown_member", 400, "Illegal argument for method call with message '{value}'.", MESSAGES,
        "$metadata lists the properties; names are case-sensitive.";
    BODY_INVALID_PROPERTY = "odata_body_invalid_property", 400, "Invalid property '{value}' found.", MESSAGES,
        "$metadata lists the properties; names are case-sensitive.";
    BODY_INCOMPATIBLE_VALUE = "odata_body_incompatible_value", 400, "Provided value for the property '{value}' is not compatible with the property.", MESSAGES,
        "Send numbers as numbers, strings, dates and Int64 as strings.";
    BODY_DOUBLE_PROPERTY = "odata_body_double_property", 400, "Double occurrence of property with name '{value}'.", MESSAGES,
        "Mention each property once.";
    BODY_WRONG_TYPE = "odata_body_wrong_type", 400, "Supplied entity type '{value}' does not match the content entity type '{other}'.", MESSAGES,
        "Correct or leave out `__metadata.type`.";
    BODY_UNEXPECTED_CONTENT = "odata_body_unexpected_content", 400, "'{value}' not expected in '{other}'.", MESSAGES,
        "Remove this member.";
    BODY_NO_RESULTS = "odata_body_no_results", 400, "Mandatory results array not found.", MESSAGES,
        "Inline entities stand in an array, or in `results`.";
    BODY_XML = "odata_body_xml", 400, "An exception of type '{value}' occurred.", MESSAGES,
        "The body is not an Atom entry: {other}.";
    BODY_UNREADABLE = "odata_body_unreadable", 400, "The Request can`t be parsed either because the URL HTTP syntax is incorrect or the body stream could not be read.", MESSAGES,
        "The body is not text in UTF-8.";
    TOO_DEEP = "odata_too_deep", 400, "The request is not supported by the processor.", Assumed("a bound of this emulator, far above what a client sends"),
        "The request nests too deeply or holds too many parts.";
    BATCH_NO_DELIMITER = "odata_batch_no_delimiter", 400, "Missing boundary delimiter at line '{value}'.", MESSAGES,
        "Begin each part with `--` and the boundary.";
    BATCH_NO_CLOSE_DELIMITER = "odata_batch_no_close_delimiter", 400, "Missing close delimiter at line '{value}'.", MESSAGES,
        "End with `--`, the boundary and `--`.";
    BATCH_NO_PARTS = "odata_batch_no_parts", 400, "The boundary string does not match the boundary from the Content-Type header field '{value}': line '{other}'.", MESSAGES,
        "Send at least one part.";
    BATCH_INVALID_BOUNDARY = "odata_batch_invalid_boundary", 400, "Invalid boundary at line '{value}'.", MESSAGES,
        "Use letters, digits and -.'+ in a boundary, and another one for each change set.";
    BATCH_NO_BOUNDARY = "odata_batch_no_boundary", 400, "The Content-Type field for multipart entities requires boundary parameter.", MESSAGES,
        "Send Content-Type: multipart/mixed; boundary=…";
    BATCH_CONTENT_TYPE = "odata_batch_content_type", 400, "Content-Type should be '{value}'.", MESSAGES,
        "Parts are application/http, change sets multipart/mixed.";
    BATCH_PART_WITHOUT_TYPE = "odata_batch_part_without_type", 400, "No Content-Type field for MIME-header is present.", MESSAGES,
        "Begin each part with Content-Type: application/http.";
    BATCH_NOT_BINARY = "odata_batch_not_binary", 400, "The Content-Transfer-Encoding should be binary: line '{value}'.", MESSAGES,
        "Give each part of a change set Content-Transfer-Encoding: binary.";
    BATCH_NO_METHOD = "odata_batch_no_method", 400, "Missing method in request line '{value}'.", MESSAGES,
        "A request begins with GET, POST, PUT, MERGE, PATCH or DELETE.";
    BATCH_INVALID_REQUEST_LINE = "odata_batch_invalid_request_line", 400, "Invalid request line '{value}' at line '{other}'.", MESSAGES,
        "A request line is method, URI and HTTP/1.1, with one blank between them.";
    BATCH_INVALID_URI = "odata_batch_invalid_uri", 400, "Invalid URI: line '{value}'.", MESSAGES,
        "URIs are relative to the service root, or lie below it.";
    BATCH_NO_BLANK_LINE = "odata_batch_no_blank_line", 400, "Expected empty line but was '[None]': line '{value}'  .", MESSAGES,
        "Leave a line empty after headers.";
    BATCH_READ_IN_CHANGE_SET = "odata_batch_read_in_change_set", 400, "Invalid method: a ChangeSet cannot contain retrieve requests at line '{value}'.", MESSAGES,
        "Move the GET out of the change set.";
    BATCH_WRITE_OUTSIDE_CHANGE_SET = "odata_batch_write_outside_change_set", 400, "Invalid method: a Query Operation cannot contain insert, update or delete requests at line '{value}'.", MESSAGES,
        "Wrap writes in a change set.";
    BATCH_BODY_OF_GET = "odata_batch_body_of_get", 400, "Invalid body for GET request at line '{value}'.", MESSAGES,
        "A GET has no body.";
    BATCH_INVALID_HEADER = "odata_batch_invalid_header", 400, "Invalid header: '{value}' at line '{other}'.", MESSAGES,
        "Content-Length is the number of bytes of the body.";
    ESCAPED_SLASH = "odata_escaped_slash", 400, "", Assumed("the front server is documented to refuse it, its answer is not"),
        "Do not send %2F or %5C in the path: use the hexadecimal alias.";
}
