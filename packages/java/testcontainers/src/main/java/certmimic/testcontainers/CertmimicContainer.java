package certmimic.testcontainers;

import certmimic.Server;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** certmimic in a container. Image and package have to be of the same version. */
public class CertmimicContainer extends GenericContainer<CertmimicContainer> {
    private static final int PORT = 8080;

    public CertmimicContainer(DockerImageName image) {
        super(image);
        withExposedPorts(PORT);
        waitingFor(Wait.forHttp("/_certmimic/health").forPort(PORT).forStatusCode(200));
    }

    /** What the server starts from: names of built-in scenarios, or files in the container; several compose. */
    public CertmimicContainer withScenario(String... scenarios) {
        // One a line, so that a comma may be part of a path.
        return withEnv("CERTMIMIC_SCENARIO", String.join("\n", scenarios) + "\n");
    }

    /** The server, joined: closing it leaves the container alone. */
    public Server server() {
        return Server.join("http://" + getHost() + ":" + getMappedPort(PORT));
    }
}
