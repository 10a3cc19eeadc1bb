// Says what this JDK makes of files, one a line: name, tab, base64. Prints one JSON object a line, in the form of
// certificates.jsonl.
//
//     java Judge.java certificates LIST
import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.HexFormat;

class Judge {
    static final PrintStream OUT = new PrintStream(System.out, false, StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            String[] fields = line.split("\t", -1);
            OUT.println(certificate(fields[0], fields[1]));
        }
        OUT.flush();
    }

    /** generateCertificate: whether there is one and how it is encoded, or what the exception says; and of generateCertificates how many. */
    static String certificate(String name, String file) throws Exception {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        byte[] bytes = Base64.getDecoder().decode(file);
        String says = "";
        String sha256 = "";
        try {
            Certificate certificate = factory.generateCertificate(new ByteArrayInputStream(bytes));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            sha256 = HexFormat.of().formatHex(digest);
        } catch (Exception refused) {
            says = refused.getClass().getSimpleName() + ": " + refused.getMessage();
        }
        return "{\"name\": " + quoted(name) + ", \"jdk\": " + says.isEmpty() + ", \"says\": " + quoted(says)
            + ", \"sha256\": " + quoted(sha256) + ", \"all\": " + all(factory, bytes) + ", \"file\": " + quoted(file) + "}";
    }

    static String all(CertificateFactory factory, byte[] bytes) {
        try {
            return Integer.toString(factory.generateCertificates(new ByteArrayInputStream(bytes)).size());
        } catch (Exception refused) {
            return "null";
        }
    }

    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') quoted.append('\\').append(c);
            else if (c < ' ' || c > '~') quoted.append(String.format("\\u%04x", (int) c));
            else quoted.append(c);
        }
        return quoted.append('"').toString();
    }
}
