package certmimic;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request that a test expects, and how often: at least once if nothing is said. Each call gives a new one. */
public final class Expectation {
    private final Map<String, Object> members;

    private Expectation(Map<String, Object> members) {
        this.members = members;
    }

    /** A request of an operation; {@code *} stands for any characters. */
    public static Expectation of(String operation) {
        return any().said("operation", operation);
    }

    /** A request of any operation. */
    public static Expectation any() {
        return new Expectation(Map.of());
    }

    public Expectation method(String method) {
        return said("method", method);
    }

    public Expectation path(String pattern) {
        return said("path", pattern);
    }

    public Expectation query(String name, String pattern) {
        return said("query", name, pattern);
    }

    public Expectation header(String name, String pattern) {
        return said("headers", name, pattern);
    }

    /** Members that the body has: maps, lists, strings, numbers and booleans. */
    public Expectation json(Map<String, ?> body) {
        return said("json", body);
    }

    public Expectation status(int status) {
        return said("status", status);
    }

    /** The identifier of an outcome, or {@code success}. */
    public Expectation outcome(String outcome) {
        return said("outcome", outcome);
    }

    /** Exactly so often. */
    public Expectation times(int times) {
        return said("exactly", times);
    }

    public Expectation atLeast(int times) {
        return said("at_least", times);
    }

    public Expectation atMost(int times) {
        return said("at_most", times);
    }

    public Expectation never() {
        return said("never", true);
    }

    Map<String, Object> members() {
        return members;
    }

    private Expectation said(String name, Object value) {
        return new Expectation(World.with(members, name, value));
    }

    private Expectation said(String group, String name, Object value) {
        Map<String, Object> inner = new LinkedHashMap<>(Json.object(members.getOrDefault(group, Map.of())));
        return said(group, World.with(inner, name, value));
    }
}
