package certmimic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting and joining, and what is said when that is not possible. */
class ServerTest {
    private static Server startHaving(String variable, String value, String... scenarios) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put(variable, value);
        return Server.start(environment, List.of(scenarios));
    }

    private static void says(String words, Throwable failure) {
        assertTrue(failure.getMessage().contains(words), failure.getMessage());
    }

    @Test
    void aServerIsStartedAndEnded() {
        Server server = Server.start("rotation");
        try (World world = server.world()) {
            assertTrue(world.export().contains("gateway-2026"));
        }
        server.close();
        says("No certmimic answers at http://127.0.0.1", assertThrows(CertmimicException.class, server::worlds));
        server.close();
    }

    @Test
    void scenariosCompose(@TempDir Path folder) throws IOException {
        Path frozen = Files.writeString(folder.resolve("frozen.yaml"), "certmimic: 1\nclock: { now: 2026-01-15T08:00:00Z, mode: frozen }\n");
        try (Server server = Server.start("rotation", frozen.toString())) {
            assertEquals(Clock.Mode.FROZEN, server.world().clock().mode());
        }
    }

    @Test
    void aServerThatRunsIsJoinedAndLeftAlone() {
        try (Server running = Server.start("empty")) {
            try (Server server = startHaving("CERTMIMIC_URL", running.url(), "rotation"); World world = server.world()) {
                assertEquals(running.url(), server.url());
                assertTrue(world.export().contains("gateway-2026"));
            }
            assertEquals(List.of("default"), running.worlds());
            assertEquals(List.of("default"), Server.join(running.url()).worlds());
            var refused = assertThrows(CertmimicException.class, () -> startHaving("CERTMIMIC_URL", running.url(), "rotation", "mine.yaml"));
            says("cannot compose rotation and mine.yaml", refused);
        }
    }

    @Test
    void whatIsMissingIsSaidInASentence(@TempDir Path folder) {
        says("quickstrat", assertThrows(CertmimicException.StartFailed.class, () -> Server.start("quickstrat")));
        says("No certmimic answers at http://127.0.0.1:9", assertThrows(CertmimicException.class, () -> Server.join("http://127.0.0.1:9")));
        var none = assertThrows(CertmimicException.BinaryMissing.class, () -> startHaving("CERTMIMIC_BINARY", folder.toString()));
        says("CERTMIMIC_BINARY names " + folder, none);
        String java = ProcessHandle.current().info().command().orElseThrow();
        var another = assertThrows(CertmimicException.StartFailed.class, () -> startHaving("CERTMIMIC_BINARY", java));
        says("ended before it listened", another);
    }

    @Test
    void anotherVersionIsToldAndNotKept() {
        Server server = Server.start();
        says("this package 9.9.9: use the same version", assertThrows(CertmimicException.VersionDiffers.class, () -> server.checked("9.9.9")));
        assertThrows(CertmimicException.class, server::worlds);
    }
}
