package certmimic;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Where the program is: named by CERTMIMIC_BINARY, in the package of this platform, or on PATH. */
final class Binary {
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final String NAME = WINDOWS ? "certmimic.exe" : "certmimic";

    private Binary() {}

    /** The program to start; one that the package carries is unpacked into a folder. */
    static Path find(Map<String, String> environment, Path folder) {
        String named = environment.get("CERTMIMIC_BINARY");
        if (named != null && !named.isEmpty()) {
            return runnable(Path.of(named));
        }
        return unpacked(folder).or(() -> onPath(environment)).orElseThrow(() -> new CertmimicException.BinaryMissing(
                "There is no certmimic to start: add the artifact of this platform (" + platform() + "), put it on PATH, name it in "
                        + "CERTMIMIC_BINARY, or name a server that runs in CERTMIMIC_URL."));
    }

    /** The version of this package. */
    static String version() {
        Properties properties = new Properties();
        try (InputStream file = Binary.class.getResourceAsStream("version.properties")) {
            properties.load(file);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        return properties.getProperty("version");
    }

    private static String platform() {
        String os = WINDOWS ? "windows" : System.getProperty("os.name").startsWith("Mac") ? "macos" : "linux";
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return os + "-" + (arch.equals("amd64") ? "x86_64" : arch);
    }

    private static Path runnable(Path path) {
        if (Files.isRegularFile(path) && Files.isExecutable(path)) {
            return path;
        }
        throw new CertmimicException.BinaryMissing(
                "CERTMIMIC_BINARY names " + path + ", which is no program that can be run: name the certmimic binary.");
    }

    private static Optional<Path> unpacked(Path folder) {
        try (InputStream carried = Binary.class.getResourceAsStream("native/" + platform() + "/" + NAME)) {
            if (carried == null) {
                return Optional.empty();
            }
            Path program = folder.resolve(NAME);
            Files.copy(carried, program, StandardCopyOption.REPLACE_EXISTING);
            program.toFile().setExecutable(true);
            return Optional.of(program);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private static Optional<Path> onPath(Map<String, String> environment) {
        String[] folders = environment.getOrDefault("PATH", "").split(File.pathSeparator);
        return Arrays.stream(folders).map(folder -> Path.of(folder, NAME)).filter(Files::isExecutable).findFirst();
    }
}
