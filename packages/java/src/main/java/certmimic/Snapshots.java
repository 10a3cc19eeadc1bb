package certmimic;

import java.util.List;

/** Kept states of the world. */
public final class Snapshots {
    private final Control control;

    Snapshots(Control control) {
        this.control = control;
    }

    /** Keeps the world as it is now. */
    public void keep(String name) {
        control.call("PUT", path(name), null);
    }

    /** Puts the world back, with its clock and its faults; the journal stays. */
    public void restore(String name) {
        control.call("POST", path(name) + "/restore", null);
    }

    /** Their names. */
    public List<String> list() {
        return Json.list(control.get("snapshots").get("snapshots")).stream().map(String.class::cast).toList();
    }

    /** Drops one. */
    public void drop(String name) {
        control.call("DELETE", path(name), null);
    }

    private static String path(String name) {
        return "snapshots/" + Control.encoded(name);
    }
}
