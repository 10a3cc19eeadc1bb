package certmimic;

import java.util.Map;

/** Which documented answers the clients of the world have met. */
public final class Coverage {
    /** How many there are, and how many were met; some only by a fault. */
    public record Counts(int answers, int met, int metByFaultOnly) {}

    private final Control control;

    Coverage(Control control) {
        this.control = control;
    }

    /** Of all systems. */
    public Counts counts() {
        return counts(control.get("coverage"));
    }

    /** Of one system: {@code sap_api_management}, {@code ci}, {@code apinizer}, … */
    public Counts counts(String system) {
        return counts(control.get("coverage", Map.of("system", system)));
    }

    /** As text, markdown, junit, html or json. */
    public String text(String format) {
        return control.text("GET", "coverage", null, Map.of("format", format));
    }

    /** Forgets them. */
    public void clear() {
        control.call("DELETE", "coverage", null);
    }

    private static Counts counts(Map<String, Object> json) {
        return new Counts(
                Json.number(json.get("answers")), Json.number(json.get("met")), Json.number(json.get("met_by_fault_only")));
    }
}
