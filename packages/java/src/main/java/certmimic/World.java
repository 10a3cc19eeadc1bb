package certmimic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An isolated copy of everything: the emulated systems as one test has them, and the calls that steer it. */
public final class World implements AutoCloseable {
    /** Where a client finds an emulated system. */
    public record Address(String url, String tokenUrl) {}

    /** API Management has a second service, of virtual hosts. */
    public record ApiManagementAddress(String url, String configurationUrl, String tokenUrl) {}

    private final Control server;
    private final Control control;
    private final String name;

    World(Control server, String name) {
        this.server = server;
        this.control = new Control(server.url + "/w/" + name);
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** What the paths of all systems follow. */
    public String url() {
        return control.url;
    }

    public ApiManagementAddress sapApiManagement() {
        String root = url() + "/apiportal";
        return new ApiManagementAddress(
                root + "/api/1.0/Management.svc", root + "/operations/1.0/Configuration.svc", url() + "/oauth/token");
    }

    public Address sapCloudIntegration() {
        return new Address(url() + "/api/v1", url() + "/oauth/token");
    }

    public Address apinizer() {
        return new Address(url() + "/apiops", url() + "/apiops/auth/token");
    }

    public Clock clock() {
        return new Clock(control);
    }

    public Faults faults() {
        return new Faults(control);
    }

    public Requests requests() {
        return new Requests(control);
    }

    public Coverage coverage() {
        return new Coverage(control);
    }

    public Snapshots snapshots() {
        return new Snapshots(control);
    }

    /**
     * Checks what the world was asked, and tells how many requests fit.
     *
     * @throws Unverified with the requests that came nearest
     */
    public int verify(Expectation expected) {
        return Json.number(control.call("POST", "verify", expected.members()).get("matched"));
    }

    /** Checks that requests were made one after the other, others between them or not. */
    public void verifyInOrder(Expectation... expected) {
        List<Map<String, Object>> steps = List.of(expected).stream().map(Expectation::members).toList();
        control.call("POST", "verify", Map.of("in_order", steps));
    }

    /** Every certificate of the world, by what ends first. */
    public List<Certificate> certificates() {
        return certificates(Map.of());
    }

    /** Those that end within a time, or have ended. */
    public List<Certificate> certificatesEndingWithin(Duration within) {
        return certificates(Map.of("expires-within", Clock.span(within)));
    }

    /** Puts it back to its scenario, with clock, faults and an empty journal. */
    public void reset() {
        control.call("POST", "reset", null);
    }

    /** The world as a scenario, in JSON, which is YAML too. */
    public String export() {
        return control.text("GET", "state", null, Map.of());
    }

    /** Replaces its state by a scenario in YAML; {@link #reset} still goes back to its own. */
    public void replace(String scenario) {
        control.call("PUT", "state", scenario);
    }

    /** What it refused last, with diagnoses, as a table; what it was asked last, if it refused nothing. */
    public String report() {
        Requests.Filter last = Requests.all().limit(20);
        if (!requests().list(last.refused()).isEmpty()) {
            return "World " + name + " refused:\n" + requests().text(last.refused());
        }
        if (!requests().list(last).isEmpty()) {
            return "World " + name + " refused nothing. It was asked:\n" + requests().text(last);
        }
        return "World " + name + " was asked nothing: the client has to use " + url() + ".\n";
    }

    /** Drops it with all that it holds. */
    @Override
    public void close() {
        server.call("DELETE", "worlds/" + name, null);
    }

    private List<Certificate> certificates(Map<String, ?> query) {
        List<Object> certificates = Json.list(control.get("certificates", query).get("certificates"));
        return certificates.stream().map(Json::object).map(Certificate::of).toList();
    }

    /** Members that can be left out. */
    static Map<String, Object> with(Map<String, Object> members, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return more;
    }
}
