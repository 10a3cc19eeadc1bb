package certmimic;

import java.util.List;
import java.util.Map;

/** Armed misbehaviour. */
public final class Faults {
    /** An armed fault: how many requests it was for so far, and how often it struck. */
    public record Armed(String id, int seen, int struck) {}

    private final Control control;

    Faults(Control control) {
        this.control = control;
    }

    /** Arms one, and tells what it is called. */
    public String arm(Fault fault) {
        List<String> known = list().stream().map(Armed::id).toList();
        Map<String, Object> answer = control.call("POST", "faults", fault.members());
        if (fault.members().get("id") instanceof String id) {
            return id;
        }
        return armed(answer).stream().map(Armed::id).filter(id -> !known.contains(id)).findFirst().orElseThrow();
    }

    /** The armed ones. */
    public List<Armed> list() {
        return armed(control.get("faults"));
    }

    /** Disarms one. */
    public void disarm(String id) {
        control.call("DELETE", "faults/" + Control.encoded(id), null);
    }

    /** Disarms all. */
    public void disarm() {
        control.call("DELETE", "faults", null);
    }

    private static List<Armed> armed(Map<String, Object> answer) {
        return Json.list(answer.get("faults")).stream().map(Json::object).map(Faults::of).toList();
    }

    private static Armed of(Map<String, Object> fault) {
        return new Armed((String) fault.get("id"), Json.number(fault.get("seen")), Json.number(fault.get("struck")));
    }
}
