package certmimic;

/** Something with certmimic itself is not as it has to be: the message says what to do. */
public class CertmimicException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CertmimicException(String message) {
        super(message);
    }

    public CertmimicException(String message, Throwable cause) {
        super(message, cause);
    }

    /** There is no program to start. */
    public static final class BinaryMissing extends CertmimicException {
        private static final long serialVersionUID = 1L;

        BinaryMissing(String message) {
            super(message);
        }
    }

    /** The program ended, or did not listen in time. */
    public static final class StartFailed extends CertmimicException {
        private static final long serialVersionUID = 1L;

        StartFailed(String message) {
            super(message);
        }
    }

    /** The program is of another version than this package. */
    public static final class VersionDiffers extends CertmimicException {
        private static final long serialVersionUID = 1L;

        VersionDiffers(String message) {
            super(message);
        }
    }

    /** The control API refused a call: the code is for programs, the message says what to change. */
    public static final class Refused extends CertmimicException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String code;

        Refused(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }

        public int status() {
            return status;
        }

        public String code() {
            return code;
        }
    }
}
