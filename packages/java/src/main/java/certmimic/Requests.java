package certmimic;

import java.util.List;
import java.util.Map;

/** The journal: what the world was asked and what it answered, oldest first. */
public final class Requests {
    /** A request; secrets in it are masked. {@code json} has all of it, with headers and bodies. */
    public record Request(
            int number,
            String method,
            String path,
            String operation,
            String outcome,
            Integer status,
            String diagnosis,
            Map<String, Object> json) {}

    /** Which requests: those that fit everything that is said. Each call gives a new one. */
    public static final class Filter {
        private final Map<String, Object> query;

        private Filter(Map<String, Object> query) {
            this.query = query;
        }

        public Filter operation(String pattern) {
            return said("operation", pattern);
        }

        public Filter system(String name) {
            return said("system", name);
        }

        public Filter method(String method) {
            return said("method", method);
        }

        public Filter path(String pattern) {
            return said("path", pattern);
        }

        /** A status, or its first digit: {@code 404}, {@code 4xx}. */
        public Filter status(String status) {
            return said("status", status);
        }

        /** The identifier of an outcome, or {@code success}. */
        public Filter outcome(String outcome) {
            return said("outcome", outcome);
        }

        public Filter refused() {
            return said("refused", true);
        }

        /** Only later ones than that of this number. */
        public Filter since(int number) {
            return said("since", number);
        }

        /** How many at most; of more, the newest. */
        public Filter limit(int limit) {
            return said("limit", limit);
        }

        private Filter said(String name, Object value) {
            return new Filter(World.with(query, name, value));
        }
    }

    private final Control control;

    Requests(Control control) {
        this.control = control;
    }

    /** All of them, to be narrowed. */
    public static Filter all() {
        return new Filter(Map.of());
    }

    public List<Request> list(Filter filter) {
        List<Object> requests = Json.list(control.get("requests", filter.query).get("requests"));
        return requests.stream().map(Json::object).map(Requests::of).toList();
    }

    public List<Request> list() {
        return list(all());
    }

    /** As a table; refused ones with their diagnoses. */
    public String text(Filter filter) {
        return control.text("GET", "requests", null, World.with(filter.query, "format", "text"));
    }

    /** As a HAR file. */
    public String har(Filter filter) {
        return control.text("GET", "requests", null, World.with(filter.query, "format", "har"));
    }

    /** The curl line that repeats a request. */
    public String curl(int number) {
        return control.text("GET", "requests/" + number, null, Map.of("format", "curl")).strip();
    }

    /** Empties the journal. */
    public void clear() {
        control.call("DELETE", "requests", null);
    }

    private static Request of(Map<String, Object> json) {
        Map<String, Object> request = Json.object(json.get("request"));
        Map<String, Object> diagnosis = Json.object(json.get("diagnosis"));
        return new Request(
                Json.number(json.get("number")),
                (String) request.get("method"),
                (String) request.get("path"),
                (String) json.get("operation"),
                (String) json.get("outcome"),
                json.get("status") == null ? null : Json.number(json.get("status")),
                diagnosis == null ? null : (String) diagnosis.get("line"),
                json);
    }
}
