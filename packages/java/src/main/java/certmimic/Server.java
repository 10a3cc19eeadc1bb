package certmimic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A server with its worlds: started for the run, or joined where one runs already. */
public final class Server implements AutoCloseable {
    private final Control control;
    private final Program program;
    private final String scenario;

    private Server(String url, Program program, String scenario) {
        this.control = new Control(url);
        this.program = program;
        this.scenario = scenario;
    }

    /**
     * Starts a server on a free port, or joins the one that CERTMIMIC_URL names. A scenario is the name of a built-in one, or a
     * file; several compose. A server that is joined has its scenario; there a built-in one is what worlds are made of.
     */
    public static Server start(String... scenarios) {
        return start(System.getenv(), List.of(scenarios));
    }

    /** Joins a server that runs already; {@link #close} leaves it alone. */
    public static Server join(String url) {
        return new Server(url, null, null).checked(Binary.version());
    }

    static Server start(Map<String, String> environment, List<String> scenarios) {
        String running = environment.get("CERTMIMIC_URL");
        if (running == null || running.isEmpty()) {
            Program program = Program.start(environment, scenarios);
            return new Server(program.url(), program, null).checked(Binary.version());
        }
        if (scenarios.size() > 1) {
            throw new CertmimicException("The server that CERTMIMIC_URL names (" + running + ") cannot compose "
                    + String.join(" and ", scenarios) + ": start it with these scenarios, and leave them out here.");
        }
        return new Server(running, null, scenarios.isEmpty() ? null : scenarios.get(0)).checked(Binary.version());
    }

    /** Where it listens. */
    public String url() {
        return control.url;
    }

    /** A new world with a name of its own. */
    public World world() {
        return world("world-" + UUID.randomUUID().toString().substring(0, 13));
    }

    /** A new world of this name. */
    public World world(String name) {
        Map<String, Object> fork = new LinkedHashMap<>(Map.of("name", name));
        if (scenario != null) {
            fork.put("from", "scenario:" + scenario);
        }
        control.call("POST", "worlds", fork);
        return new World(control, name);
    }

    /** The names of the worlds that there are, {@code default} first. */
    public List<String> worlds() {
        List<Object> worlds = Json.list(control.get("worlds").get("worlds"));
        return worlds.stream().map(world -> (String) Json.object(world).get("name")).toList();
    }

    /** What the clients of all worlds have met of the documented answers: text, markdown, junit, html or json. */
    public String coverage(String format) {
        return control.text("GET", "coverage", null, Map.of("worlds", "all", "format", format));
    }

    /** Ends it, if it was started and not joined. */
    @Override
    public void close() {
        if (program != null) {
            program.end();
        }
    }

    /** Ends it again if it is of another version than this package. */
    Server checked(String version) {
        Object other = control.get("health").get("version");
        if (version.equals(other)) {
            return this;
        }
        close();
        Object which = program == null ? url() : program.path();
        throw new CertmimicException.VersionDiffers("The certmimic at " + which + " has version " + other + ", this package "
                + version + ": use the same version of both.");
    }
}
