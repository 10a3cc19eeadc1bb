package certmimic;

/** The world was asked something else than the test expects: the message has the requests that came nearest. */
public final class Unverified extends AssertionError {
    private static final long serialVersionUID = 1L;
    private final int matched;

    Unverified(String text, int matched) {
        super(text);
        this.matched = matched;
    }

    /** How many requests fitted. */
    public int matched() {
        return matched;
    }
}
