package certmimic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program, listening. It ends with this virtual machine. */
final class Program {
    /** How long it may take to listen, and to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path path;
    private final Path folder;
    private final Process process;
    private final Thread hook = new Thread(this::destroy, "certmimic-end");
    private String url;

    private Program(Path path, Path folder, Process process) {
        this.path = path;
        this.folder = folder;
        this.process = process;
    }

    static Program start(Map<String, String> environment, List<String> scenarios) {
        try {
            Path folder = Files.createTempDirectory("certmimic-");
            Path path = Binary.find(environment, folder);
            List<String> command = new ArrayList<>(List.of(path.toString(), "serve", "--listen", "127.0.0.1:0"));
            // It ends with its input, which is this virtual machine's end at the latest, however that comes.
            command.addAll(List.of("--end-with-input", "--port-file"));
            command.add(folder.resolve("port").toString());
            scenarios.forEach(scenario -> command.addAll(List.of("--scenario", scenario)));
            ProcessBuilder builder = new ProcessBuilder(command);
            // Variables of the caller would change what is served.
            builder.environment().keySet().removeIf(name -> name.startsWith("CERTMIMIC_"));
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(folder.resolve("log").toFile());
            Program program = new Program(path, folder, builder.start());
            Runtime.getRuntime().addShutdownHook(program.hook);
            return program.listening();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    Path path() {
        return path;
    }

    String url() {
        return url;
    }

    void end() {
        if (process.isAlive()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        destroy();
    }

    private void destroy() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            remove();
        } catch (InterruptedException cause) {
            Thread.currentThread().interrupt();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private void remove() throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
            }
        }
    }

    /** Waits for the port. Its file is moved into place whole. */
    private Program listening() throws IOException {
        Path file = folder.resolve("port");
        long last = System.nanoTime() + PATIENCE.toNanos();
        String trouble = " did not listen within " + PATIENCE.toSeconds() + " seconds: ";
        while (System.nanoTime() < last) {
            if (Files.exists(file)) {
                url = "http://127.0.0.1:" + Files.readString(file).lines().findFirst().orElseThrow();
                return this;
            }
            try {
                if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
                    trouble = " ended before it listened: ";
                    break;
                }
            } catch (InterruptedException cause) {
                Thread.currentThread().interrupt();
                trouble = " was not waited for: ";
                break;
            }
        }
        String log = Files.readString(folder.resolve("log")).strip();
        end();
        throw new CertmimicException.StartFailed(path + trouble + log);
    }
}
