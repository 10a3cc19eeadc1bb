//! Outcomes of the protocol itself (OData V2 sections "Error Conditions" of its parts): Olingo's message catalogue.
//!
//! The texts are protocol: some end in blanks.

use crate::contract::Evidence::{Assumed, Library, Observed, Specified};
use crate::contract::{Document, Evidence, catalogue, no_code};

const OLINGO: Document = Document("Apache Olingo 2.0.13");
const MESSAGES: Evidence = Library(OLINGO.at("odata-core message catalogue"));
const ANSWERED: Evidence = Library(OLINGO.at("as it answered"));
const API_PROXY: Document = Document("SAP Business Accelerator Hub, API Portal - API Proxy (CF) 1.0");
const BATCH: Evidence = Specified(API_PROXY.at("400 of POST /$batch"));
const NOT_FOUND: Evidence = Specified(API_PROXY.at("404 of GET and PATCH"));

catalogue! {
    /// What can be wrong with a request before a set's own rules.
    pub enum Error, codes by no_code;

    /// The service does not have the operation.
    NotImplemented = NOT_IMPLEMENTED "odata_not_implemented", 501, "Not implemented",
        MESSAGES, "The service has no such operation; see `certmimic operations`.";
    /// A method that OData V2 does not know.
    UnknownMethod = UNKNOWN_METHOD "odata_unknown_method", 501, "Common exception",
        MESSAGES, "OData V2 knows GET, HEAD, POST, PUT, MERGE, PATCH and DELETE.";
    /// A header names a method that no `POST` can stand for.
    UnknownTunnelledMethod = UNKNOWN_TUNNELLED_METHOD "odata_unknown_tunnelled_method", 501, "Not implemented",
        MESSAGES, "X-HTTP-Method may name GET, HEAD, PUT, MERGE, PATCH or DELETE.";
    /// Two headers name two methods.
    AmbiguousTunnelling = AMBIGUOUS_TUNNELLING "odata_ambiguous_tunnelling", 400, "Ambiguous X-HTTP-Method and X-HTTP-Method-Override header.",
        MESSAGES, "Send one of the two headers, or the same method in both.";
    /// The resource does not have the method.
    MethodNotAllowed = METHOD_NOT_ALLOWED "odata_method_not_allowed", 405, "The request dispatcher does not allow the HTTP method used for the request.",
        MESSAGES, "The resource does not have this method, or the write carries system query options.";
    /// A write through navigation, or within a batch where none can be.
    NotSupported = NOT_SUPPORTED "odata_not_supported", 400, "The request is not supported by the processor.",
        MESSAGES, "Write to the entity itself, not through a navigation property.";
    /// `$format` at a media resource.
    InvalidSyntax = INVALID_SYNTAX "odata_invalid_syntax", 400, "The Data Services Request could not be understood due to malformed syntax.",
        MESSAGES, "A media resource takes no $format.";
    /// A version of the protocol after 2.0.
    VersionTooHigh { version: String } = VERSION_TOO_HIGH "odata_version_too_high", 400, "The Data Services Request version '{version}' is not supported for the request payload.",
        MESSAGES, "Send DataServiceVersion 1.0 or 2.0, or leave it out.";
    /// A version that is none.
    VersionUnreadable { version: String } = VERSION_UNREADABLE "odata_version_unreadable", 400, "The Data Services Request version '{version}' cannot be parsed.",
        MESSAGES, "Send DataServiceVersion 1.0 or 2.0, or leave it out.";
    /// An `Accept` header without a media type.
    EmptyAccept = EMPTY_ACCEPT "odata_empty_accept", 406, "The request can not be accepted.",
        MESSAGES, "Leave the Accept header out, or name a media type in it.";
    /// A member of `Accept` that is no media range.
    MalformedAccept { range: String } = MALFORMED_ACCEPT "odata_malformed_accept", 400, "The request contains an invalid header parameter 'Accept' with value '{range}'.",
        MESSAGES, "Each member of Accept is type/subtype with optional parameters.";
    /// None of the accepted media types is one of the resource.
    NotAcceptable { ranges: String } = NOT_ACCEPTABLE "odata_not_acceptable", 406, "The accept header '{ranges}' is not supported for this resource.",
        MESSAGES, "Accept application/json, application/atom+xml or application/xml.";
    /// A `$format` that the resource does not have.
    FormatNotSupported { format: String } = FORMAT_NOT_SUPPORTED "odata_format_not_supported", 406, "Content type '{format}' is not supported.",
        MESSAGES, "$format is json, atom or xml.";
    /// A body of a media type that the resource does not take.
    MediaTypeNotSupported { media_type: String } = MEDIA_TYPE_NOT_SUPPORTED "odata_media_type_not_supported", 415, "Media type {media_type} is not supported.",
        MESSAGES, "Send the body as application/json, application/atom+xml or application/xml.";
    /// A `Content-Type` that is no media type.
    ContentTypeUnreadable { content_type: String } = CONTENT_TYPE_UNREADABLE "odata_content_type_unreadable", 415, "Content type {content_type} is not supported for this resource.",
        MESSAGES, "Content-Type is type/subtype with optional parameters.";
    /// There is no such entity set.
    UnknownSet { name: String } = UNKNOWN_SET "odata_unknown_set", 404, "Could not find an entity set or function import for '{name}'.",
        MESSAGES, "The service document lists the entity sets.";
    /// A segment that is neither a name nor a name with a key.
    UnmatchedSegment { segment: String } = UNMATCHED_SEGMENT "odata_unmatched_segment", 404, "Could not match segment: '{segment}'.",
        MESSAGES, "A segment is a name, optionally followed by a key in parentheses.";
    /// A container that is not the one of the model.
    UnknownContainer { container: String } = UNKNOWN_CONTAINER "odata_unknown_container", 404, "Could not find container with name: '{container}'.",
        MESSAGES, "Leave the container's name out.";
    /// There is no such property.
    UnknownProperty { property: String } = UNKNOWN_PROPERTY "odata_unknown_property", 404, "Could not find property with name: '{property}'.",
        MESSAGES, "$metadata lists the properties; names are case-sensitive.";
    /// A semicolon in a path.
    MatrixParameter { parameters: String, segment: String } = MATRIX_PARAMETER "odata_matrix_parameter", 404, "Matrix parameter '{parameters}' in path segment '{segment}' not supported!",
        MESSAGES, text ANSWERED, "Percent-encode a semicolon in a key.";
    /// There is no such entity.
    EntityNotFound = ENTITY_NOT_FOUND "odata_entity_not_found", 404, "Requested entity could not be found.",
        NOT_FOUND, "There is no entity at this address.";
    /// A property where a navigation property has to stand.
    NotANavigationProperty { property: String } = NOT_A_NAVIGATION_PROPERTY "odata_not_a_navigation_property", 400, "Property '{property}' must be a navigation property. ",
        MESSAGES, "Only navigation properties can be expanded or linked.";
    /// A key that does not fit the entity type.
    InvalidKey { key: String } = INVALID_KEY "odata_invalid_key", 400, "Invalid key predicate: '{key}'.",
        MESSAGES, "Give every key property once: Set('x') or Set(A='x',B=1).";
    /// A part of a compound key without its name.
    UnnamedKeyPart { part: String } = UNNAMED_KEY_PART "odata_unnamed_key_part", 400, "Missing key predicate name for key: '{part}'.",
        MESSAGES, "Name the parts of a compound key: Set(A='x',B=1).";
    /// A part of a key twice.
    DuplicateKeyPart { key: String } = DUPLICATE_KEY_PART "odata_duplicate_key_part", 400, "Duplicate key names: '{key}'.",
        MESSAGES, "Give every key property once.";
    /// A literal of another type than the key's.
    IncompatibleLiteral { literal: String, type_name: &'static str } = INCOMPATIBLE_LITERAL "odata_incompatible_literal", 400, "Format of '{literal}' is not compatible with '{type_name}'.",
        MESSAGES, "Strings stand in single quotes.";
    /// A literal of no type.
    UnknownLiteral { literal: String } = UNKNOWN_LITERAL "odata_unknown_literal", 400, "Unknown literal: '[{literal}]'.",
        MESSAGES, text ANSWERED, "Strings stand in single quotes; other types have their prefix or suffix.";
    /// A literal that is not as its type has it.
    LiteralFormat { literal: String } = LITERAL_FORMAT "odata_literal_format", 400, "Wrong literal format for literal: '[{literal}]'.",
        MESSAGES, text Assumed("as the library answers unknown literals, whose message it fills in the same way"), "The value does not fit the literal's type.";
    /// A path that goes on from a whole set.
    SetInsteadOfEntity { set: &'static str } = SET_INSTEAD_OF_ENTITY "odata_set_instead_of_entity", 400, "Must be an entity set instead of an entity: '{set}'.",
        MESSAGES, "Name one entity by its key before going on.";
    /// `$value` of an entity without a stream.
    NoMediaResource = NO_MEDIA_RESOURCE "odata_no_media_resource", 400, "The requested resource is no media resource.",
        MESSAGES, "Only media link entries and properties have a $value.";
    /// A path that goes on where it must end.
    MustBeLast { segment: String } = MUST_BE_LAST "odata_must_be_last", 400, "'{segment}' must be the last segment.",
        MESSAGES, "Nothing may follow this segment.";
    /// A path that ends where it must go on.
    MustNotBeLast { segment: String } = MUST_NOT_BE_LAST "odata_must_not_be_last", 400, "'{segment}' must not be the last segment. ",
        MESSAGES, "Name the navigation property after $links.";
    /// Nothing between two slashes or commas.
    EmptySegment = EMPTY_SEGMENT "odata_empty_segment", 400, "No empty segment allowed.",
        MESSAGES, "Remove the doubled slash or comma.";
    /// A percent sign that escapes nothing.
    UriSyntax = URI_SYNTAX "odata_uri_syntax", 400, "Invalid URI syntax.",
        MESSAGES, "A percent sign stands before two hexadecimal digits; encode the sign itself as %25.";
    /// A character that no URL can have.
    UrlUnreadable = URL_UNREADABLE "odata_url_unreadable", 400,
        "The Request can`t be parsed either because the URL HTTP syntax is incorrect or the body stream could not be read.",
        ANSWERED, "Percent-encode quotation marks, angle brackets, braces and the like.";
    /// A segment that does not fit what precedes it.
    InvalidSegment { segment: String } = INVALID_SEGMENT "odata_invalid_segment", 400, "Invalid segment: '{segment}'.",
        MESSAGES, "The segment does not fit what precedes it.";
    /// A system query option that OData V2 does not have.
    UnknownOption { option: String } = UNKNOWN_OPTION "odata_unknown_option", 400, "Invalid system query option: '{option}'. ",
        MESSAGES, "OData V2 has $filter, $orderby, $top, $skip, $skiptoken, $inlinecount, $select, $expand and $format.";
    /// A system query option without a value.
    EmptyOption { option: String } = EMPTY_OPTION "odata_empty_option", 400, "Value for '{option}' must not be null.",
        MESSAGES, "Give the option a value, or leave it out.";
    /// A system query option twice.
    DuplicateOption { option: &'static str } = DUPLICATE_OPTION "odata_duplicate_option", 400, "Duplicate system query parameter names: '{option}'.",
        MESSAGES, "Give each system query option once.";
    /// A system query option that this kind of resource does not have.
    IncompatibleOption { option: &'static str } = INCOMPATIBLE_OPTION "odata_incompatible_option", 400, "System query option '{option}' is not compatible with the return type.",
        MESSAGES, "The option does not apply to this kind of resource.";
    /// A system query option whose value is none of its own.
    InvalidValue { value: String } = INVALID_VALUE "odata_invalid_value", 400, "Invalid value: '{value}'.",
        MESSAGES, "$top and $skip take a number, $inlinecount `allpages` or `none`.";
    /// A number below zero.
    NegativeValue { value: String } = NEGATIVE_VALUE "odata_negative_value", 400, "Provided value '{value}' must not be negative.  ",
        MESSAGES, "$top and $skip start at 0.";
    /// A filter that cannot be read; why.
    InvalidFilter { filter: String, reason: String } = INVALID_FILTER "odata_invalid_filter", 400, "Invalid filter expression: '{filter}'.",
        MESSAGES, "{reason}";
    /// An order that cannot be read; why.
    InvalidOrder { order: String, reason: String } = INVALID_ORDER "odata_invalid_order", 400, "Invalid order by expression: '{order}'. ",
        MESSAGES, "{reason}";
    /// A system query option that the set does not honour.
    OptionNotSupported { option: &'static str } = OPTION_NOT_SUPPORTED "odata_option_not_supported", 501, "{option} is not supported.",
        Observed("sap_cloud_integration/probe-2026-09"),
        text Specified(Document("SAP Business Accelerator Hub, Security Content 1.0.0").at("`$select is not supported.` of SecureParameters")), "This entity set does not honour the option.";
    /// A system query option at a set that takes none.
    OptionRefused { option: &'static str } = OPTION_REFUSED "odata_option_refused", 400, "System query option '{option}' is not compatible with the return type.",
        Observed("sap_cloud_integration/probe-2026-09"),
        text Assumed("the tenant's text was not recorded: the library's for an option that does not fit"), "This entity set takes no system query options.";
    /// A body that is not JSON; why.
    BodyMalformed { reason: String } = BODY_MALFORMED "odata_body_malformed", 400, "An exception of type 'MalformedJsonException' occurred.",
        MESSAGES, "The body is not JSON: {reason}.";
    /// A body that is empty or ends too early.
    BodyEmpty = BODY_EMPTY "odata_body_empty", 400, "An exception of type 'EOFException' occurred.",
        MESSAGES, "The body is empty or ends too early.";
    /// A body that is JSON, but no object.
    BodyOfWrongShape = BODY_OF_WRONG_SHAPE "odata_body_of_wrong_shape", 400, "An exception of type 'IllegalStateException' occurred.",
        MESSAGES, "Send one JSON object, or one wrapped in `d`.";
    /// A value that its property cannot have; why.
    BodyValueInvalid { property: &'static str, reason: String } = BODY_VALUE_INVALID "odata_body_value_invalid", 400, "An exception of type 'EdmSimpleTypeException' occurred.",
        MESSAGES, "Property '{property}': {reason}.";
    /// A member that the entity type does not have.
    BodyUnknownMember { member: String } = BODY_UNKNOWN_MEMBER "odata_body_unknown_member", 400, "Illegal argument for method call with message '{member}'.",
        MESSAGES, "$metadata lists the properties; names are case-sensitive.";
    /// An element, or a member of a complex value, that the type does not have.
    BodyInvalidProperty { property: String } = BODY_INVALID_PROPERTY "odata_body_invalid_property", 400, "Invalid property '{property}' found.",
        MESSAGES, "$metadata lists the properties; names are case-sensitive.";
    /// A value of another kind of JSON than its property has.
    BodyIncompatibleValue { property: &'static str } = BODY_INCOMPATIBLE_VALUE "odata_body_incompatible_value", 400, "Provided value for the property '{property}' is not compatible with the property.",
        MESSAGES, "Send numbers as numbers, strings, dates and Int64 as strings.";
    /// A property twice.
    BodyDoubleProperty { property: &'static str } = BODY_DOUBLE_PROPERTY "odata_body_double_property", 400, "Double occurrence of property with name '{property}'.",
        MESSAGES, "Mention each property once.";
    /// An entity of another type.
    BodyWrongType { expected: String, named: String } = BODY_WRONG_TYPE "odata_body_wrong_type", 400, "Supplied entity type '{expected}' does not match the content entity type '{named}'.",
        MESSAGES, "Correct or leave out `__metadata.type`.";
    /// A complex value of another type, in XML.
    BodyWrongComplexType { expected: String, named: String } = BODY_WRONG_COMPLEX_TYPE "odata_body_wrong_complex_type", 400,
        "Supplied complex type '{expected}' does not match the content complex type '{named}'.",
        ANSWERED, "Correct or leave out `m:type`.";
    /// Properties beside the content of an entry, which only media link entries have there.
    BodyInvalidParent = BODY_INVALID_PARENT "odata_body_invalid_parent", 400,
        "Invalid parent tag. Expected 'content' but found 'properties'.",
        ANSWERED, "Put `m:properties` into `content`.";
    /// A member where the format has no such one.
    BodyUnexpectedContent { member: String, place: &'static str } = BODY_UNEXPECTED_CONTENT "odata_body_unexpected_content", 400, "'{member}' not expected in '{place}'.",
        MESSAGES, "Remove this member.";
    /// Nested entities without `results`.
    BodyNoResults = BODY_NO_RESULTS "odata_body_no_results", 400, "Mandatory results array not found.",
        MESSAGES, "Inline entities stand in an array, or in `results`.";
    /// A body that is no Atom entry; why.
    BodyXml { reason: String } = BODY_XML "odata_body_xml", 400, "An exception of type 'XMLStreamException' occurred.",
        MESSAGES, "The body is not an Atom entry: {reason}.";
    /// A body that is not text.
    BodyUnreadable = BODY_UNREADABLE "odata_body_unreadable", 400, "The Request can`t be parsed either because the URL HTTP syntax is incorrect or the body stream could not be read.",
        MESSAGES, "The body is not text in UTF-8.";
    /// More than this emulator takes in one request.
    TooDeep = TOO_DEEP "odata_too_deep", 400, "The request is not supported by the processor.",
        Assumed("a bound of this emulator, far above what a client sends"), "The request nests too deeply or holds too many parts.";
    /// A batch without its boundary.
    BatchNoDelimiter { line: String } = BATCH_NO_DELIMITER "odata_batch_no_delimiter", 400, "Missing boundary delimiter at line '{line}'.",
        BATCH, text MESSAGES, "Begin each part with `--` and the boundary.";
    /// A batch that does not end.
    BatchNoCloseDelimiter { line: String } = BATCH_NO_CLOSE_DELIMITER "odata_batch_no_close_delimiter", 400, "Missing close delimiter at line '{line}'.",
        BATCH, text MESSAGES, "End with `--`, the boundary and `--`.";
    /// A batch of nothing.
    BatchNoParts { boundary: String, line: String } = BATCH_NO_PARTS "odata_batch_no_parts", 400, "The boundary string does not match the boundary from the Content-Type header field '{boundary}': line '{line}'.",
        BATCH, text MESSAGES, "Send at least one part.";
    /// A boundary that is none, or that is in use.
    BatchInvalidBoundary { line: String } = BATCH_INVALID_BOUNDARY "odata_batch_invalid_boundary", 400, "Invalid boundary at line '{line}'.",
        BATCH, text MESSAGES, "Use letters, digits and -.'+ in a boundary, and another one for each change set.";
    /// A batch, or a part of one, of another media type.
    BatchContentType { expected: &'static str } = BATCH_CONTENT_TYPE "odata_batch_content_type", 400, "Content-Type should be '{expected}'.",
        BATCH, text MESSAGES, "Parts are application/http; batches and change sets are multipart/mixed, with a boundary.";
    /// A part that does not say what it is.
    BatchPartWithoutType = BATCH_PART_WITHOUT_TYPE "odata_batch_part_without_type", 400, "No Content-Type field for MIME-header is present.",
        BATCH, text MESSAGES, "Begin each part with Content-Type: application/http.";
    /// A part that is not binary.
    BatchNotBinary { line: String } = BATCH_NOT_BINARY "odata_batch_not_binary", 400, "The Content-Transfer-Encoding should be binary: line '{line}'.",
        BATCH, text MESSAGES, "Give each part of a change set Content-Transfer-Encoding: binary.";
    /// A request line that does not begin with a method.
    BatchNoMethod { line: String } = BATCH_NO_METHOD "odata_batch_no_method", 400, "Missing method in request line '{line}'.",
        BATCH, text MESSAGES, "A request begins with GET, POST, PUT, MERGE, PATCH or DELETE.";
    /// A request line of other than three words.
    BatchInvalidRequestLine { request_line: String, line: String } = BATCH_INVALID_REQUEST_LINE "odata_batch_invalid_request_line", 400, "Invalid request line '{request_line}' at line '{line}'.",
        BATCH, text MESSAGES, "A request line is method, URI and HTTP/1.1, with one blank between them.";
    /// A request to somewhere else.
    BatchInvalidUri { line: String } = BATCH_INVALID_URI "odata_batch_invalid_uri", 400, "Invalid URI: line '{line}'.",
        BATCH, text MESSAGES, "URIs are relative to the service root, or lie below it.";
    /// Headers that something else than an empty line follows.
    BatchNoBlankLine { line: String } = BATCH_NO_BLANK_LINE "odata_batch_no_blank_line", 400, "Expected empty line but was '[None]': line '{line}'  .",
        BATCH, text MESSAGES, "Leave a line empty after headers.";
    /// A read in a change set.
    BatchReadInChangeSet { line: String } = BATCH_READ_IN_CHANGE_SET "odata_batch_read_in_change_set", 400, "Invalid method: a ChangeSet cannot contain retrieve requests at line '{line}'.",
        BATCH, text MESSAGES, "Move the GET out of the change set.";
    /// A write that no change set holds.
    BatchWriteOutsideChangeSet { line: String } = BATCH_WRITE_OUTSIDE_CHANGE_SET "odata_batch_write_outside_change_set", 400, "Invalid method: a Query Operation cannot contain insert, update or delete requests at line '{line}'.",
        BATCH, text MESSAGES, "Wrap writes in a change set.";
    /// A read with a body.
    BatchBodyOfGet { line: String } = BATCH_BODY_OF_GET "odata_batch_body_of_get", 400, "Invalid body for GET request at line '{line}'.",
        BATCH, text MESSAGES, "A GET has no body.";
    /// A length that is none.
    BatchInvalidHeader { length: String, line: String } = BATCH_INVALID_HEADER "odata_batch_invalid_header", 400, "Invalid header: '{length}' at line '{line}'.",
        BATCH, text MESSAGES, "Content-Length is the number of bytes of the body.";
    /// An escaped slash, which the server in front of the service does not let through.
    EscapedSlash = ESCAPED_SLASH "odata_escaped_slash", 400, "",
        Assumed("the front server is documented to refuse it, its answer is not"), "Do not send %2F or %5C in the path: use the hexadecimal alias.";
}
