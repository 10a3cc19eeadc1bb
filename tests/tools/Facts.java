// Prints what the JDK says of each DER certificate in a directory, one a line, members separated by U+001F:
// file, subject, issuer, serial (hex), signature, version, start, end (seconds), key algorithm, key bits, curve.
//
//     java Facts.java DIR
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

class Facts {
    static final String SEPARATOR = "\u001F";

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        try (var files = Files.list(Path.of(arguments[0]))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".der")).sorted().toList()) {
                try (var in = Files.newInputStream(file)) {
                    X509Certificate certificate = (X509Certificate) factory.generateCertificate(in);
                    out.println(file.getFileName() + SEPARATOR + String.join(SEPARATOR, facts(certificate)));
                } catch (Exception refused) {
                    out.println(file.getFileName() + SEPARATOR + "refused: " + refused.getMessage());
                }
            }
        }
        out.flush();
    }

    static List<String> facts(X509Certificate c) {
        String[] key = key(c.getPublicKey());
        return List.of(c.getSubjectX500Principal().toString(), c.getIssuerX500Principal().toString(),
            c.getSerialNumber().toString(16).toUpperCase(), c.getSigAlgName(), Integer.toString(c.getVersion()),
            Long.toString(c.getNotBefore().getTime() / 1000), Long.toString(c.getNotAfter().getTime() / 1000), key[0], key[1], key[2]);
    }

    static String[] key(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) return new String[] {key.getAlgorithm(), "" + rsa.getModulus().bitLength(), ""};
        if (key instanceof DSAPublicKey dsa) return new String[] {key.getAlgorithm(), "" + dsa.getParams().getP().bitLength(), ""};
        if (key instanceof ECPublicKey ec)
            return new String[] {"EC", "" + ec.getParams().getCurve().getField().getFieldSize(), ec.getParams().toString()};
        if (key instanceof EdECPublicKey ed) return new String[] {ed.getParams().getName(), ed.getParams().getName().equals("Ed448") ? "448" : "255", ""};
        return new String[] {key.getAlgorithm(), "", ""};
    }
}
