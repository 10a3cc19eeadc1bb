package certmimic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import certmimic.junit.Certmimic;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The calls of a world. */
@Certmimic
class WorldTest {
    static int ask(World world, String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(world.sapCloudIntegration().url() + "/" + path))
                .header("Authorization", "Bearer anything")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    }

    private static int list(World world) throws Exception {
        return ask(world, "GET", "KeystoreEntries");
    }

    @Test
    void theClock(World world) {
        world.clock().set(Clock.Mode.FROZEN);
        world.clock().set(Instant.parse("2026-03-01T00:00:00Z"));
        world.clock().advance(Duration.ofDays(90));
        assertEquals(Instant.parse("2026-05-30T00:00:00Z"), world.clock().now());
        assertEquals(Clock.Mode.FROZEN, world.clock().mode());
    }

    @Test
    void aClockThatSteps(World world) throws Exception {
        world.clock().step(Duration.ofHours(1));
        Instant before = world.clock().now();
        list(world);
        assertEquals(Duration.ofHours(1), Duration.between(before, world.clock().now()));
    }

    @Test
    void faultsStrikeAndAreDisarmed(World world) throws Exception {
        Fault locked = Fault.on("ci.entry.list").outcome("keystore_locked").retryAfter(Duration.ofSeconds(7));
        String name = world.faults().arm(locked.times(2));
        world.faults().arm(Fault.onAny().id("slow").path("/apiops/**").delay(Duration.ofMillis(5)));
        assertEquals(List.of(503, 503, 200), List.of(list(world), list(world), list(world)));
        assertEquals(List.of(new Faults.Armed(name, 3, 2), new Faults.Armed("slow", 0, 0)), world.faults().list());
        world.faults().disarm(name);
        assertEquals(List.of("slow"), world.faults().list().stream().map(Faults.Armed::id).toList());
        world.faults().disarm();
        assertEquals(List.of(), world.faults().list());
    }

    @Test
    void theJournal(World world) throws Exception {
        list(world);
        ask(world, "GET", "KeystoreEntries('zz')");
        assertEquals(List.of(200, 500), world.requests().list().stream().map(Requests.Request::status).toList());
        Requests.Filter refused = Requests.all().refused().system("sap_cloud_integration");
        Requests.Request last = world.requests().list(refused).get(0);
        assertEquals("hex_illegal", last.outcome());
        assertTrue(last.diagnosis().contains("Send the alias as hex"), last.diagnosis());
        assertTrue(world.requests().text(refused).contains("hex_illegal"));
        assertTrue(world.requests().curl(last.number()).startsWith("curl "));
        assertTrue(world.requests().har(Requests.all()).contains("\"entries\""));
        world.requests().clear();
        assertEquals(List.of(), world.requests().list());
    }

    @Test
    void verifyTellsHowManyAndWhatCameNearest(World world) throws Exception {
        list(world);
        assertEquals(1, world.verify(Expectation.of("ci.*").outcome("success").times(1)));
        assertEquals(1, world.verify(Expectation.any().header("authorization", "*").atLeast(1).atMost(2)));
        var missed = assertThrows(Unverified.class, () -> world.verify(Expectation.of("ci.entry.list").times(2)));
        assertEquals(1, missed.matched());
        assertTrue(missed.getMessage().startsWith("Expected exactly 2 "), missed.getMessage());
        assertThrows(Unverified.class, () -> world.verify(Expectation.of("ci.entry.list").never()));
    }

    @Test
    void aWrongWordIsRefusedWithTheNearest(World world) {
        var refused = assertThrows(CertmimicException.Refused.class, () -> world.verify(Expectation.of("ci.entry.delte")));
        assertEquals(400, refused.status());
        assertEquals("bad_value", refused.code());
        assertTrue(refused.getMessage().contains("the nearest is ci.entry.delete"), refused.getMessage());
        var flawed = assertThrows(CertmimicException.Refused.class, () -> world.faults().arm(Fault.on("ci.entry.lst").outcome("keystore_locked")));
        assertTrue(flawed.getMessage().contains("did you mean"), flawed.getMessage());
    }

    @Test
    void coverage(World world) throws Exception {
        list(world);
        assertEquals(1, world.coverage().counts("sap_cloud_integration").met());
        assertTrue(world.coverage().text("junit").contains("<testsuites"));
        world.coverage().clear();
        assertEquals(0, world.coverage().counts().met());
    }

    @Test
    void snapshotsResetExportAndReplace(World world) {
        world.clock().set(Clock.Mode.FROZEN);
        world.snapshots().keep("before");
        Instant before = world.clock().now();
        world.clock().advance(Duration.ofDays(1));
        world.snapshots().restore("before");
        assertEquals(before, world.clock().now());
        assertEquals(List.of("before"), world.snapshots().list());
        world.snapshots().drop("before");
        String exported = world.export();
        world.replace("certmimic: 1\nname: nothing\n");
        assertEquals(List.of(), world.certificates());
        world.replace(exported);
        assertTrue(world.certificates().size() > 1);
        assertEquals(world.certificates(), world.certificatesEndingWithin(Duration.ofDays(365_000)));
        world.reset();
        assertEquals(Clock.Mode.RUNNING, world.clock().mode());
    }

    @Test
    void aWorldReportsWhatItWasAsked(World world) throws Exception {
        assertTrue(world.report().contains("was asked nothing"));
        list(world);
        assertTrue(world.report().contains("refused nothing"));
        ask(world, "DELETE", "KeystoreEntries('6D79')");
        assertTrue(world.report().contains("csrf_token_required"));
    }

    @Test
    void worldsShareNothing(World world, Server server) throws Exception {
        try (World other = server.world()) {
            list(other);
            assertEquals(List.of(), world.requests().list());
            assertTrue(server.worlds().containsAll(List.of(world.name(), other.name())));
        }
        assertTrue(server.coverage("text").contains(" documented answers met"));
    }

    @Test
    void jsonIsReadAsItIsWritten() {
        Map<String, Object> value = Map.of("a", List.of(1L, -2.5, true, "„\"\\\n\u0001", Map.of(), List.of()));
        assertEquals(value, Json.read(Json.write(value)));
        assertEquals("é/", Json.read(" \"\\u00e9\\/\" "));
        for (String wrong : List.of("", "{", "[1", "\"a", "nul", "1 2", "{\"a\" 1}", "[1,]")) {
            assertThrows(IllegalArgumentException.class, () -> Json.read(wrong), wrong);
        }
    }
}
