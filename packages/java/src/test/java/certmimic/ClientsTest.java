package certmimic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import certmimic.junit.Certmimic;
import examples.Deployer;
import examples.ExpiryMonitor;
import examples.Rotation;
import examples.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The three clients of the folder examples, each in a world of its own. */
@Certmimic
class ClientsTest {
    private static final Duration MONTH = Duration.ofDays(30);

    @Test
    @Certmimic(scenario = "rotation")
    void aReferenceIsPointedToTheStoreWhoseCertificateEndsLater(World world) throws Exception {
        Rotation rotation = new Rotation(management(world));
        assertEquals(Map.of(), rotation.run(world.clock().now(), Duration.ofDays(3)));
        world.verify(Expectation.of("apim.reference.update").never());
        assertEquals(Map.of("gateway", "gateway-2026"), rotation.run(world.clock().now(), MONTH));
        world.verify(Expectation.of("apim.reference.update").json(Map.of("certificateStoreName", "gateway-2026")).times(1));
    }

    @Test
    @Certmimic(scenario = "rotation")
    void aBusySystemIsAskedAgainAndATokenThatHasEndedFetchedAnew(World world) throws Exception {
        Rotation rotation = new Rotation(management(world));
        Fault busy = Fault.on("apim.reference.update").status(503).headers(Map.of("Retry-After", "0"));
        world.faults().arm(busy.times(2));
        assertEquals(Map.of("gateway", "gateway-2026"), rotation.run(world.clock().now(), MONTH));
        world.clock().advance(Duration.ofDays(90));
        assertEquals(Map.of(), rotation.run(world.clock().now(), MONTH));
        Expectation any = Expectation.any();
        world.verifyInOrder(any.status(503), any.status(503), any.status(204), any.outcome("token_expired"), any.status(200));
    }

    @Test
    @Certmimic(scenario = "expiring-truststore")
    void whatEndsWithinAMonthIsToldAndWhatHasEndedFirst(World world) throws Exception {
        World.Address system = world.sapCloudIntegration();
        ExpiryMonitor monitor = new ExpiryMonitor(new Tenant(system.url(), system.tokenUrl(), "sb-certmimic", "certmimic-secret"));
        List<String> found = monitor.ending(world.clock().now(), MONTH).stream().map(ExpiryMonitor.Ending::alias).toList();
        assertEquals(List.of("gone", "soon-gone"), found);
        world.clock().advance(Duration.ofDays(-60));
        assertEquals(List.of(), monitor.ending(world.clock().now(), MONTH));
    }

    @Test
    void aCertificateIsStoredAndThenRenewed(World world) throws Exception {
        Deployer deployer = deployer(world);
        deployer.deploy("shop", pem(world), List.of("production"));
        deployer.deploy("shop", pem(world), List.of("production", "staging"));
        world.verifyInOrder(Expectation.of("apinizer.certificate.create"), Expectation.of("apinizer.certificate.update"));
        assertEquals(2, world.certificates().stream().filter(one -> one.alias().equals("shop")).count());
    }

    @Test
    void anEnvironmentThatCannotBeReachedIsTold(World world) throws Exception {
        world.faults().arm(Fault.on("apinizer.certificate.create").deploymentFails("staging", "Connection refused"));
        Deployer deployer = deployer(world);
        String pem = pem(world);
        var failed = assertThrows(Deployer.NotDeployed.class, () -> deployer.deploy("shop", pem, List.of("production", "staging")));
        assertEquals("staging: Connection refused", failed.getMessage());
    }

    private static Tenant management(World world) {
        World.ApiManagementAddress system = world.sapApiManagement();
        return new Tenant(system.url(), system.tokenUrl(), "sb-certmimic", "certmimic-secret");
    }

    private static Deployer deployer(World world) throws Exception {
        return new Deployer(world.apinizer().url(), world.apinizer().tokenUrl(), "apinizer", "apinizer", "MyProject");
    }

    private static String pem(World world) {
        return world.certificates().stream().filter(one -> one.system().equals("apinizer")).findFirst().orElseThrow().pem();
    }
}
