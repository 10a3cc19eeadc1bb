package certmimic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Misbehaviour: which requests it is for, how often it strikes, what happens. Each call gives a new one. */
public final class Fault {
    /** Where a connection is closed. */
    public enum Drop {
        BEFORE_HANDLING,
        BEFORE_RESPONSE,
        MID_RESPONSE
    }

    private final Map<String, Object> members;

    private Fault(Map<String, Object> members) {
        this.members = members;
    }

    /** For requests of an operation; {@code *} stands for any characters. */
    public static Fault on(String operation) {
        return onAny().said("on", "operation", operation);
    }

    /** For all requests to an emulated system. */
    public static Fault onAny() {
        return new Fault(Map.of());
    }

    public Fault path(String pattern) {
        return said("on", "path", pattern);
    }

    public Fault method(String method) {
        return said("on", "method", method);
    }

    public Fault alias(String alias) {
        return said("on", "alias", alias);
    }

    /** What it is called. */
    public Fault id(String id) {
        return said("id", id);
    }

    /** How many such requests pass before it strikes. */
    public Fault after(int requests) {
        return said("after", requests);
    }

    /** How often it strikes; always if nothing is said. */
    public Fault times(int times) {
        return said("times", times);
    }

    public Fault probability(double probability) {
        return said("probability", probability);
    }

    /** A documented refusal is answered, as {@code certmimic operations} lists them. */
    public Fault outcome(String outcome) {
        return said("respond", "outcome", outcome);
    }

    /** What the blanks in the outcome's text are filled with. */
    public Fault values(Map<String, String> values) {
        return said("respond", "values", values);
    }

    public Fault retryAfter(Duration time) {
        return said("respond", "retry_after", time.toSeconds());
    }

    /** What is wrong with which field, where the refusal has a place for it. */
    public Fault validationErrors(Map<String, String> messages) {
        List<Map<String, String>> errors = messages.entrySet().stream()
                .map(error -> Map.of("field", error.getKey(), "message", error.getValue()))
                .toList();
        return said("respond", "validation_errors", errors);
    }

    /** A status is answered in place of an outcome. */
    public Fault status(int status) {
        return said("respond", "status", status);
    }

    public Fault headers(Map<String, String> headers) {
        return said("respond", "headers", headers);
    }

    public Fault body(String body) {
        return said("respond", "body", body);
    }

    /** A body of maps, lists, strings, numbers and booleans. */
    public Fault json(Object body) {
        return said("respond", "json", body);
    }

    /** The answer is held back. */
    public Fault delay(Duration time) {
        return said("delay", Clock.span(time));
    }

    /** The connection is closed. */
    public Fault drop(Drop where) {
        return said("drop", where.name().toLowerCase(java.util.Locale.ROOT));
    }

    /** The answer's body is cut to so many bytes. */
    public Fault truncate(int bytes) {
        return said("truncate", bytes);
    }

    /** An Apinizer environment that cannot be deployed to, with the message. */
    public Fault deploymentFails(String environment, String message) {
        return said("deployment_fails", environment, message);
    }

    Map<String, Object> members() {
        return members;
    }

    private Fault said(String name, Object value) {
        return new Fault(World.with(members, name, value));
    }

    private Fault said(String group, String name, Object value) {
        Map<String, Object> inner = new LinkedHashMap<>(Json.object(members.getOrDefault(group, Map.of())));
        return said(group, World.with(inner, name, value));
    }
}
