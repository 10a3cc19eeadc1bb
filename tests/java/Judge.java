// Says what this JDK makes of files, one a line, members separated by tabs: name, base64; of keystores name, type, password,
// base64. Prints one JSON object a line, in the form of certificates.jsonl or keystores.jsonl.
//
//     java Judge.java certificates|keystores LIST
import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.StringJoiner;

class Judge {
    static final PrintStream OUT = new PrintStream(System.out, false, StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            String[] fields = line.split("\t", -1);
            OUT.println(arguments[0].equals("certificates") ? certificate(fields[0], fields[1])
                : keystore(fields[0], fields[1], fields[2], fields[3]));
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
            sha256 = sha256(certificate);
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

    /** The entries that a KeyStore lists, in its order: what each is, and the SHA-256 of the certificates of its chain. */
    static String keystore(String name, String type, String password, String file) throws Exception {
        String head = "{\"name\": " + quoted(name) + ", \"type\": " + quoted(type) + ", \"password\": " + quoted(password);
        String tail = ", \"file\": " + quoted(file) + "}";
        KeyStore store = KeyStore.getInstance(type);
        try {
            store.load(new ByteArrayInputStream(Base64.getDecoder().decode(file)), password.toCharArray());
        } catch (Exception refused) {
            String says = refused.getClass().getSimpleName() + ": " + refused.getMessage();
            return head + ", \"entries\": null, \"chains\": {}, \"says\": " + quoted(says) + tail;
        }
        var entries = new StringJoiner(", ", "{", "}");
        var chains = new StringJoiner(", ", "{", "}");
        for (String alias : Collections.list(store.aliases())) {
            entries.add(quoted(alias) + ": " + quoted(kind(store, alias, password)));
            Certificate[] chain = store.getCertificateChain(alias);
            if (chain == null && store.isCertificateEntry(alias)) chain = new Certificate[] {store.getCertificate(alias)};
            var hashes = new StringJoiner(", ", "[", "]");
            for (Certificate certificate : chain == null ? new Certificate[0] : chain) hashes.add(quoted(sha256(certificate)));
            chains.add(quoted(alias) + ": " + hashes);
        }
        return head + ", \"entries\": " + entries + ", \"chains\": " + chains + ", \"says\": \"\"" + tail;
    }

    static String kind(KeyStore store, String alias, String password) throws Exception {
        if (store.isCertificateEntry(alias)) return "cert";
        try {
            return store.getKey(alias, password.toCharArray()) instanceof PrivateKey ? "key" : "secret";
        } catch (Exception refused) {
            return "locked";
        }
    }

    static String sha256(Certificate certificate) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
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
