package certmimic;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** The world's clock. */
public final class Clock {
    /** How it moves: with real time, not at all, or by a step with each request. */
    public enum Mode {
        RUNNING,
        FROZEN,
        STEPPING
    }

    private final Control control;

    Clock(Control control) {
        this.control = control;
    }

    /** The time that it shows. */
    public Instant now() {
        return Instant.parse((String) control.get("clock").get("now"));
    }

    public Mode mode() {
        return Mode.valueOf(((String) control.get("clock").get("mode")).toUpperCase(Locale.ROOT));
    }

    /** Moves it on, or back by a negative time. */
    public void advance(Duration by) {
        control.call("POST", "clock/advance", Map.of("by", span(by)));
    }

    /** Sets the time; how it moves stays. */
    public void set(Instant now) {
        control.call("PUT", "clock", Map.of("now", now));
    }

    /** Sets how it moves; the time stays. */
    public void set(Mode mode) {
        control.call("PUT", "clock", Map.of("mode", mode.name().toLowerCase(Locale.ROOT)));
    }

    /** Lets it move by a step with each request. */
    public void step(Duration by) {
        control.call("PUT", "clock", Map.of("mode", "stepping", "step", span(by)));
    }

    /** A time as the control API reads it. */
    static String span(Duration time) {
        return time.toMillis() + "ms";
    }
}
